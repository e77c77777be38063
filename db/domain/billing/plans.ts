import { z } from 'zod';
import { text } from '../common.ts';
import type { Money } from '../money.ts';
import { type Tier, tieredMinor } from './rates.ts';

export const intervals = ['month', 'year'] as const;
export type Interval = (typeof intervals)[number];

const minor = z.number().int().min(0).max(1_000_000_000_000);
const rate = z.strictObject({ amountMinor: minor, per: z.number().int().min(1).max(1_000_000) });
const tiers = z
  .array(
    z.strictObject({
      upTo: z.number().int().positive().nullable(),
      unit: rate,
      flatMinor: minor.default(0),
    }),
  )
  .min(1)
  .max(20)
  .refine((list) => list.every(({ upTo }, at) => (upTo === null) === (at === list.length - 1)), {
    error: 'Only the last tier has no end.',
  })
  .refine(
    (list) => list.every(({ upTo }, at) => at === 0 || upTo === null || upTo > (list[at - 1]?.upTo ?? 0)),
    {
      error: 'Each tier ends after the one before.',
    },
  );
const tiering = z.enum(['graduated', 'volume']);

/** What a plan costs in one currency and interval; amounts are without tax unless the seller's prices include it. */
export const price = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'Use a three-letter currency code'),
  interval: z.enum(intervals),
  /** Paid in advance, whatever is used. */
  flatMinor: minor,
  /** Paid in advance for each seat beyond those included; null: seats cost nothing. */
  seats: z.strictObject({ included: z.number().int().min(0), tiering, tiers }).nullable(),
  /** Billed in arrears for what was used beyond what is included, by meter. */
  usage: z
    .array(
      z.strictObject({ meter: z.string().min(1).max(60), included: z.number().int().min(0), tiering, tiers }),
    )
    .max(20),
});
export type Price = z.output<typeof price>;

/** What a plan allows; a limit that is missing is none. */
export const planLimits = z.strictObject({ tools: z.number().int().min(0), agents: z.number().int().min(0) });

/** One version of a plan. It never changes: who subscribed to it keeps it until moved. */
export const planVersion = z.object({
  planKey: z.string(),
  version: z.number().int().min(1),
  trialDays: z.number().int().min(0).max(365),
  limits: planLimits,
  prices: z
    .array(price)
    .min(1)
    .max(40)
    .refine(
      (list) => new Set(list.map(({ currency, interval }) => `${currency} ${interval}`)).size === list.length,
      { error: 'One price for each currency and interval.' },
    ),
  note: z.string().max(500).nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
});
export type PlanVersion = z.output<typeof planVersion>;

/** The currency of the price list. */
export const listCurrency = 'EUR';

/** What a new version of a plan says. Every plan on offer is in the price list. */
export const planTerms = planVersion
  .pick({ trialDays: true, limits: true, prices: true, note: true })
  .refine(({ prices }) => intervals.every((interval) => findPrice({ prices }, listCurrency, interval)), {
    path: ['prices'],
    error: `Add a monthly and a yearly price in ${listCurrency}.`,
  });
export type PlanTerms = z.output<typeof planTerms>;

/** What a plan is called. */
export const planNames = z.strictObject({
  key: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9-]{1,39}$/, 'Use 2 to 40 small letters, digits and hyphens.'),
  title: text(40),
  summary: text(160),
});
export type PlanNames = z.output<typeof planNames>;

/** A plan as it is offered: its newest version, with the prices in the currency of the price list. */
export const plan = z.object({
  key: z.string(),
  title: z.string(),
  summary: z.string(),
  version: z.number().int(),
  currency: z.string().length(3),
  monthlyMinor: z.number().int(),
  yearlyMinor: z.number().int(),
  trialDays: z.number().int(),
  maxTools: z.number().int(),
  maxAgents: z.number().int(),
  position: z.number().int(),
});
export type Plan = z.infer<typeof plan>;

/** The price of an offered plan for one seat. */
export function priceOf(plan: Plan, interval: Interval): Money {
  return {
    amountMinor: interval === 'month' ? plan.monthlyMinor : plan.yearlyMinor,
    currency: plan.currency,
  };
}

/** What one interval costs in advance with so many seats; minor units without tax. */
export function recurringMinor(price: Price, seats: number): number {
  const charged = price.seats ? seats - price.seats.included : 0;
  return (
    price.flatMinor +
    (price.seats ? tieredMinor(charged, price.seats.tiers as Tier[], price.seats.tiering) : 0)
  );
}

/** The price of a version in a currency and interval; null where it isn't sold that way. */
export function findPrice(
  version: Pick<PlanVersion, 'prices'>,
  currency: string,
  interval: Interval,
): Price | null {
  return version.prices.find((one) => one.currency === currency && one.interval === interval) ?? null;
}
