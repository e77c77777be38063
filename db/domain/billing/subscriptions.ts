import { z } from 'zod';
import { paymentMethod } from './cards.ts';
import { type Interval, intervals } from './plans.ts';
import { shareOf } from './rates.ts';

export const subscriptionStatuses = ['trialing', 'active', 'pastDue', 'cancelled'] as const;
/** What a tenant may still do: `restricted` reads, `suspended` reaches nothing but its billing. */
export const accessLevels = ['full', 'restricted', 'suspended'] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** As many seats as a subscription has. */
export const mostSeats = 10_000;

/** What a person chooses of a subscription. */
export const subscriptionTerms = z.strictObject({
  planKey: z.string().min(1).max(60),
  interval: z.enum(intervals),
  seats: z.coerce.number('Enter a number.').int('Enter a whole number.').min(1, 'At least 1.').max(mostSeats),
});
export type SubscriptionTerms = z.output<typeof subscriptionTerms>;

/** The terms that take the place of the running ones at the end of the period. */
export const pendingChange = subscriptionTerms.extend({ planVersion: z.number().int() });
export type PendingChange = z.output<typeof pendingChange>;

export const subscription = z.object({
  id: z.string(),
  tenantId: z.string(),
  planKey: z.string(),
  planVersion: z.number().int(),
  interval: z.enum(intervals),
  seats: z.number().int().min(1),
  status: z.enum(subscriptionStatuses),
  access: z.enum(accessLevels),
  /** What one interval costs in advance, seats included; without tax. */
  amountMinor: z.number().int(),
  currency: z.string(),
  gateway: z.string(),
  paymentMethod: paymentMethod.nullable(),
  trialEndsAt: z.date().nullable(),
  /** From when periods are counted, by the clock of the timezone. */
  anchorAt: z.date(),
  timezone: z.string(),
  periodStart: z.date(),
  periodEnd: z.date(),
  /** The end of the period it ends with; null while it renews. */
  endsAt: z.date().nullable(),
  pending: pendingChange.nullable(),
  /** The boundary a reminder was sent about. */
  remindedFor: z.date().nullable(),
  /** Set when its process was started. */
  processAt: z.date().nullable(),
  createdAt: z.date(),
  cancelledAt: z.date().nullable(),
});
export type Subscription = z.infer<typeof subscription>;

/** Monthly recurring revenue of a price per interval, rounded once; minor units. */
export const monthlyMinor = (amountMinor: number, interval: Interval): number =>
  interval === 'month' ? amountMinor : shareOf(amountMinor, 1, 12);

/** What counts as recurring revenue: paid for, even late; a trial counts nothing. */
export const mrrOf = ({
  status,
  amountMinor,
  interval,
}: Pick<Subscription, 'status' | 'amountMinor' | 'interval'>): number =>
  status === 'active' || status === 'pastDue' ? monthlyMinor(amountMinor, interval) : 0;
