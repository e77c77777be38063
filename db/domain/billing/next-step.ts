import { dayMs } from '../time.ts';
import type { Subscription } from './subscriptions.ts';

export const renewalKinds = ['trialReminder', 'trialEnd', 'renewalReminder', 'renewal', 'end'] as const;
/** What a subscription does next without anyone asking. */
export interface RenewalStep {
  kind: (typeof renewalKinds)[number];
  atMs: number;
}

/** People hear of the end of a trial this long before, and of a yearly renewal. */
export const trialReminderMs = 3 * dayMs;
export const renewalReminderMs = 14 * dayMs;

type Facts = Pick<
  Subscription,
  'status' | 'interval' | 'trialEndsAt' | 'periodStart' | 'periodEnd' | 'endsAt' | 'remindedFor'
>;

/**
 * The next step of a subscription; null once it is cancelled. A reminder whose time lies before the period is left out:
 * a trial of two days is not announced three days before its end.
 */
export function nextRenewalStep(subscription: Facts): RenewalStep | null {
  const { status, interval, trialEndsAt, periodStart, periodEnd, endsAt, remindedFor } = subscription;
  if (status === 'cancelled') return null;
  const trialing = status === 'trialing';
  const boundary = trialing ? (trialEndsAt ?? periodEnd) : periodEnd;
  if (endsAt && endsAt <= boundary) return { kind: 'end', atMs: endsAt.getTime() };
  const isReminded = remindedFor?.getTime() === boundary.getTime();
  const reminderAtMs = boundary.getTime() - (trialing ? trialReminderMs : renewalReminderMs);
  if (!isReminded && (trialing || interval === 'year') && reminderAtMs > periodStart.getTime()) {
    return { kind: trialing ? 'trialReminder' : 'renewalReminder', atMs: reminderAtMs };
  }
  return { kind: trialing ? 'trialEnd' : 'renewal', atMs: boundary.getTime() };
}
