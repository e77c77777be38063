import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { emailAddress, language, reason, text, timezone } from '../../db/domain/common.ts';
import { onboardingChoices } from '../../db/domain/onboarding/submissions.ts';
import {
  onboardingPending,
  type OnboardingStep,
  onboardingTitles,
  allStepKeys,
  skippableSteps,
  onboardingProcess,
  submittableSteps,
  type SubmittableStep,
} from '../../db/domain/onboarding/steps.ts';
import { dayMs, minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';
import { waitActionUpdates } from '../shared/admin-actions.ts';

const account = z.object({ tenantId: z.string(), userId: z.string() });

const chosen = <Step extends SubmittableStep>(step: Step) =>
  z.object({ step: z.literal(step), choice: onboardingChoices[step] });
/** A step and what was chosen in it. */
const submission = z.discriminatedUnion('step', [
  chosen('profile'),
  chosen('plan'),
  chosen('tools'),
  chosen('website'),
  chosen('analytics'),
  chosen('agents'),
  chosen('review'),
]);
export type Submission = z.infer<typeof submission>;

export const onboardTenantContract = defineProcess({
  name: onboardingProcess,
  title: 'Onboarding',
  summary: 'Takes a business from sign-up to live: account, plan, tools, website, analytics, agents.',
  queue: 'core',
  about: 'tenant',
  cancelEffect:
    'The onboarding stops: the subscription is cancelled, payments are refunded and the account is closed.',
  adminActions: ['remind', 'extend'],
  trigger: null,
  steps: allStepKeys.map((key) => ({
    key,
    title: onboardingTitles[key],
    ...(key in onboardingPending && { pending: onboardingPending[key as OnboardingStep] }),
    uncounted: key === 'live',
    lateAfterMs: key === 'live' ? minuteMs : 3 * dayMs,
    resubmittable: (submittableSteps as readonly string[]).includes(key),
    skippable: (skippableSteps as readonly string[]).includes(key),
  })),
  input: z.strictObject({
    tenantId: z.string(),
    userId: z.string(),
    businessName: text(120, 2),
    ownerName: text(120, 2),
    email: emailAddress,
    passwordHash: z.string(),
    timezone,
    language,
    partnerId: z.string().nullable(),
  }),
  output: z.object({ outcome: z.enum(['live', 'abandoned', 'cancelled']) }),
  updates: {
    /** Answers as soon as the account exists, or with the reason why it cannot. */
    accountReady: { input: z.null(), output: account },
    /** Takes the choice of one step; answers when it is applied and every step that depends on it is applied again. */
    submitStep: {
      input: z.object({ submission, by: actor, reason: reason.optional() }),
      output: z.object({ currentStep: z.string().nullable() }),
    },
    ...waitActionUpdates,
  },
  manualMessages: {
    remindNow: {
      title: 'Send the reminder now',
      happens: 'The owner gets the next reminder email immediately.',
    },
    extendDeadline: {
      title: 'Extend the deadline',
      happens: 'The unfinished account stays open for the extra days.',
    },
  },
  tenantId: (input) => input.tenantId,
  key: () => 'sign-up',
  subject: (input) => input.tenantId,
});
