import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { BulkDeclaration } from '../runs/bulk-operation.ts';
import { findPrice, type PlanVersion } from './plans.ts';
import { type PendingChange, type Subscription, subscriptionStatuses } from './subscriptions.ts';

/** What can be done to many subscriptions. */
export const billingBulk = {
  'subscriptions.move': {
    subject: 'subscriptions',
    permission: 'plans.manage',
    parameters: z.strictObject({ plan: z.string().min(1).max(60), version: z.coerce.number().int().min(1) }),
    pacePerMinute: 600,
  },
} as const satisfies Record<string, BulkDeclaration>;

/** Filters of the list of subscriptions that can choose what an operation is about, as in its address. */
export const subscriptionFilter = z.strictObject({
  q: z.string().trim().max(200).optional(),
  state: z.enum(subscriptionStatuses).optional(),
  plan: z.string().max(60).optional(),
  version: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional(),
});
export type SubscriptionFilter = z.output<typeof subscriptionFilter>;

/** What waits for the next period of a subscription once it is moved to another version of its plan. */
export function movedTo(subscription: Subscription, version: number): PendingChange {
  const { planKey, interval, seats, pending } = subscription;
  return { ...(pending ?? { planKey, interval, seats }), planVersion: version };
}

/** Why a subscription can’t be moved to a version of a plan; null where it can. */
export function whyNotMoved(
  subscription: Subscription,
  to: Pick<PlanVersion, 'planKey' | 'version' | 'prices'>,
): ErrorCode | null {
  const { status, endsAt, planKey, planVersion, pending, currency } = subscription;
  if (status === 'cancelled') return 'subscription.not-found';
  if (endsAt) return 'subscription.ending';
  if (planKey !== to.planKey || (pending && pending.planKey !== planKey)) return 'subscription.other-plan';
  if ((pending?.planVersion ?? planVersion) === to.version) return 'subscription.on-version';
  return findPrice(to, currency, movedTo(subscription, to.version).interval) ? null : 'plan.not-sold';
}
