import type { InvoiceLine, TaxFacts } from './invoices.ts';
import { recurringLines } from './lines.ts';
import { boundaryAt, daysBetween, type Period } from './periods.ts';
import { type Price, recurringMinor } from './plans.ts';
import { shareOf } from './rates.ts';
import type { PendingChange, Subscription } from './subscriptions.ts';
import { withTax } from './tax/tax.ts';

/** What a subscription is for: plan, version, interval and seats. */
export type Terms = PendingChange;

type Facts = Pick<
  Subscription,
  | 'planKey'
  | 'planVersion'
  | 'interval'
  | 'seats'
  | 'status'
  | 'amountMinor'
  | 'timezone'
  | 'trialEndsAt'
  | 'anchorAt'
  | 'periodStart'
  | 'periodEnd'
  | 'pending'
>;

export interface ChangeRequest {
  subscription: Facts;
  planTitle: string;
  target: Terms;
  /** What the target costs, in the currency of the subscription. */
  price: Price;
  targetTitle: string;
  tax: Pick<TaxFacts, 'bps' | 'inclusive' | 'treatment'>;
  nowMs: number;
}

/** What a subscription becomes when a change applies now. */
export type AppliedTerms = Pick<
  Subscription,
  | 'planKey'
  | 'planVersion'
  | 'interval'
  | 'seats'
  | 'amountMinor'
  | 'anchorAt'
  | 'periodStart'
  | 'periodEnd'
  | 'pending'
>;

export interface PlannedChange {
  when: 'now' | 'periodEnd';
  /** For what is charged now, and the credit for time that was paid and isn't used; none where nothing is due. */
  lines: InvoiceLine[];
  /** Charged now, with tax; never below zero. */
  dueNowMinor: number;
  /** The charge after this one, with tax. */
  next: { atMs: number; amountMinor: number };
  /** What the subscription becomes at once; where the change waits, only what waits. */
  change: AppliedTerms | Pick<Subscription, 'pending'>;
}

export const termsOf = ({ planKey, planVersion, interval, seats }: Terms): Terms => ({
  planKey,
  planVersion,
  interval,
  seats,
});

export const sameTerms = (a: Terms, b: Terms): boolean =>
  sameApartFromVersion(a, b) && a.planVersion === b.planVersion;

const sameApartFromVersion = (a: Terms, b: Terms): boolean =>
  a.planKey === b.planKey && a.interval === b.interval && a.seats === b.seats;

/** A new version of the running plan that takes effect at the end of the period, whatever its owner does; null: none does. */
const movedVersion = ({ planKey, planVersion, pending }: Facts): number | null =>
  pending?.planKey === planKey && pending.planVersion !== planVersion ? pending.planVersion : null;

/** Which version of a plan a change leads to: of the running plan the one that runs or is about to, else the one on offer. */
export const versionFor = (subscription: Facts, planKey: string, offered: number): number =>
  planKey === subscription.planKey ? (movedVersion(subscription) ?? subscription.planVersion) : offered;

/** What still waits when the owner keeps the running terms: a price that was changed stays changed. */
export function pendingWithoutChoice(subscription: Facts): PendingChange | null {
  const version = movedVersion(subscription);
  return version === null ? null : { ...termsOf(subscription), planVersion: version };
}

/** Whether something waits that the owner chose and can take back. */
export const canKeepTerms = ({ pending, ...subscription }: Facts): boolean =>
  pending !== null && !sameApartFromVersion(pending, subscription);

type Class = 'keep' | 'park' | 'now' | 'restart';

/**
 * `restart`: from monthly to yearly, with periods counted anew. More expensive is now, cheaper waits; at the same price
 * more is now and less waits.
 */
function classOf({ subscription, target, price }: ChangeRequest): Class {
  if (sameTerms(target, subscription)) return 'keep';
  if (subscription.status === 'trialing') return 'now';
  if (sameApartFromVersion(target, subscription)) return 'park';
  if (target.interval !== subscription.interval) return target.interval === 'year' ? 'restart' : 'park';
  const difference = recurringMinor(price, target.seats) - subscription.amountMinor;
  if (difference !== 0) return difference > 0 ? 'now' : 'park';
  return target.seats < subscription.seats ? 'park' : 'now';
}

interface Slice {
  amountMinor: number;
  title: string;
  terms: Terms;
}

/** A line for the days of the period that are left, counted by the calendar of the tenant and rounded once. */
function leftOf(
  { subscription: { timezone, periodStart, periodEnd }, nowMs }: ChangeRequest,
  kind: 'unusedTime' | 'remainingTime',
  { amountMinor, title, terms: { interval, seats } }: Slice,
): InvoiceLine {
  const endMs = periodEnd.getTime();
  const days = daysBetween(timezone, periodStart.getTime(), endMs);
  const left = Math.max(0, Math.min(days, daysBetween(timezone, nowMs, endMs)));
  const sign = kind === 'unusedTime' ? -1 : 1;
  return {
    ...{ kind, text: null, planTitle: title, interval, meter: null, quantity: seats },
    amountMinor: shareOf(sign * amountMinor, left, days),
    periodStart: new Date(nowMs),
    periodEnd,
  };
}

function linesOf(request: ChangeRequest, period: Period | null): InvoiceLine[] {
  const { subscription, planTitle, target, targetTitle, price } = request;
  const unused = leftOf(request, 'unusedTime', {
    ...{ amountMinor: subscription.amountMinor, title: planTitle, terms: subscription },
  });
  if (period) {
    const lines = recurringLines({ price, planTitle: targetTitle, seats: target.seats, period });
    return [unused, ...lines];
  }
  const amountMinor = recurringMinor(price, target.seats);
  return [unused, leftOf(request, 'remainingTime', { amountMinor, title: targetTitle, terms: target })];
}

/**
 * What a change of plan, interval or seats does and costs, to the day and the smallest unit. A change that would owe the
 * customer money waits for the end of the period instead. Its caller knows that the subscription runs and the target is sold.
 */
export function planChange(request: ChangeRequest): PlannedChange {
  const { subscription, target, price, tax, nowMs } = request;
  const { timezone, trialEndsAt, status, periodEnd } = subscription;
  const total = (amountMinor: number) => withTax(amountMinor, tax).totalMinor;
  const boundary = (status === 'trialing' && trialEndsAt) || periodEnd;
  const amountMinor = recurringMinor(price, target.seats);
  const next = { atMs: boundary.getTime(), amountMinor: total(amountMinor) };
  const nothing = { lines: [], dueNowMinor: 0, next };
  const parked: PlannedChange = {
    ...{ when: 'periodEnd', ...nothing },
    change: { pending: termsOf(target) },
  };
  const kind = classOf(request);
  if (kind === 'keep')
    return {
      ...{ when: 'now', ...nothing },
      next: { ...next, amountMinor: total(subscription.amountMinor) },
      change: { pending: null },
    };
  if (kind === 'park') return parked;
  const anchorMs = nowMs;
  const restarted =
    kind === 'restart'
      ? { startMs: nowMs, endMs: boundaryAt({ anchorMs, timezone, interval: target.interval }, 1) }
      : null;
  const change: AppliedTerms = {
    ...termsOf(target),
    ...{ amountMinor, pending: null },
    anchorAt: restarted ? new Date(anchorMs) : subscription.anchorAt,
    periodStart: restarted ? new Date(restarted.startMs) : subscription.periodStart,
    periodEnd: restarted ? new Date(restarted.endMs) : periodEnd,
  };
  if (status === 'trialing') return { when: 'now', ...nothing, change };
  const lines = linesOf(request, restarted);
  const sumMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  if (sumMinor < 0) return parked;
  return {
    ...{ when: 'now', lines, dueNowMinor: total(sumMinor), change },
    next: { ...next, atMs: restarted?.endMs ?? next.atMs },
  };
}
