import { z } from 'zod';
import { card, paymentMethod } from '../billing/cards.ts';
import { intervals } from '../billing/plans.ts';
import { agentCatalog } from '../agents/catalog.ts';
import { country, language, manyLines, text, timezone, webAddress } from '../common.ts';
import { kebabName } from '../integrations/servers.ts';
import type { SubmittableStep } from './steps.ts';

export const industries = [
  'Retail',
  'Food and drink',
  'Professional services',
  'Health and care',
  'Trades and crafts',
  'Education',
  'Software',
  'Hospitality and travel',
  'Other',
] as const;
export const teamSizes = ['1', '2–10', '11–50', '51–250', 'more than 250'] as const;

const agentKeys = agentCatalog.map((agent) => agent.key);
const distinct = <T extends z.ZodType<string>>(key: T, max: number) =>
  z
    .array(key)
    .max(max)
    .refine((list) => new Set(list).size === list.length, 'Choose each one once.');
/** An empty form field means "not given". */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const profile = z.strictObject({
  legalName: text(160, 2),
  industry: z.enum(industries, 'Choose an industry from the list.'),
  teamSize: z.enum(teamSizes, 'Choose a size from the list.'),
  country,
  timezone,
  language,
});

const plan = z.strictObject({
  planKey: text(40),
  interval: z.enum(intervals, 'Choose monthly or yearly.'),
  /** `trial`: nothing is charged before the trial ends; `now`: the first period is charged immediately. */
  start: z.enum(['trial', 'now'], 'Choose when to start paying.'),
  paymentMethod,
});

const brief = z
  .string()
  .trim()
  .min(20, 'Tell us a little more: at least 20 characters.')
  .max(2000)
  .regex(manyLines, 'Leave out control characters.');

const website = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('new'), siteName: text(80, 2), brief }),
  z.strictObject({ mode: z.literal('existing'), url: webAddress }),
  z.strictObject({ mode: z.literal('later') }),
]);

const analytics = z.strictObject({
  ga4MeasurementId: optional(
    z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^G-[A-Z0-9]{6,12}$/, 'A measurement id looks like G-AB12CD34EF.'),
  ),
  gtmContainerId: optional(
    z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^GTM-[A-Z0-9]{5,9}$/, 'A container id looks like GTM-AB12CDE.'),
  ),
  searchConsoleSite: optional(webAddress),
});

/** What each step stores. `plan` holds the token of a card, never the card. */
export const onboardingChoices = {
  profile,
  plan,
  tools: z.strictObject({
    // The registry knows which servers exist, and the plan limits how many.
    tools: distinct(kebabName, 200),
  }),
  website,
  analytics,
  agents: z.strictObject({
    agents: distinct(z.enum(agentKeys, 'Choose agents from the list.'), agentKeys.length),
  }),
  review: z.strictObject({
    acceptTerms: z.literal(true, 'Accept the terms to go live.'),
  }),
} as const satisfies Record<SubmittableStep, z.ZodType>;

export type OnboardingChoices = { [Step in SubmittableStep]: z.infer<(typeof onboardingChoices)[Step]> };
export type PlanChoice = OnboardingChoices['plan'];

/** What a person submits for each step: as stored, but the plan has a card, or keeps the one on file. */
export const onboardingSubmissions = {
  ...onboardingChoices,
  plan: plan.omit({ paymentMethod: true }).extend({ card: card.optional() }),
} as const;
export type PlanSubmission = z.infer<typeof onboardingSubmissions.plan>;
