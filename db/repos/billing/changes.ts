import { planChange, type PlannedChange, type Terms, versionFor } from '../../domain/billing/change.ts';
import { findPrice } from '../../domain/billing/plans.ts';
import type { Subscription, SubscriptionTerms } from '../../domain/billing/subscriptions.ts';
import type { TaxFacts } from '../../domain/billing/invoices.ts';
import { AppError } from '../../domain/errors.ts';
import type { Tx } from '../../scope.ts';
import * as plans from './plans.ts';
import { billedToOf } from './profiles.ts';
import { taxOf } from './tax.ts';

export interface Quote extends PlannedChange {
  target: Terms;
  tax: TaxFacts;
}

/** The terms a choice leads to. Throws `plan.not-found`. */
async function targetOf(tx: Tx, subscription: Subscription, wanted: SubscriptionTerms): Promise<Terms> {
  const { planKey } = wanted;
  // The running plan may be one that isn't on offer any more.
  const offered = planKey === subscription.planKey ? 0 : (await plans.get(tx, planKey)).version;
  return { ...wanted, planVersion: versionFor(subscription, planKey, offered) };
}

/** What exactly these terms cost a subscription from a moment on. Throws `plan.not-found`. */
export async function quoteTerms(
  tx: Tx,
  subscription: Subscription,
  target: Terms,
  at: Date,
): Promise<Quote> {
  const { currency } = subscription;
  const version = await plans.getVersion(tx, target.planKey, target.planVersion);
  const price = findPrice(version, currency, target.interval);
  if (!price)
    throw new AppError('plan.not-found', {
      fields: { planKey: `This plan isn’t sold in ${currency} by the ${target.interval}.` },
    });
  const tax = await taxOf(tx, await billedToOf(tx, subscription.tenantId));
  const planned = planChange({
    ...{ subscription, target, price, tax, nowMs: at.getTime() },
    planTitle: await plans.titleOf(tx, subscription.planKey),
    targetTitle: await plans.titleOf(tx, target.planKey),
  });
  return { ...planned, target, tax };
}

/**
 * What a choice does to a subscription and costs. Throws `plan.not-found`, `subscription.ending`, and `subscription.overdue`
 * where it would be charged now: time that isn't paid for can't be credited.
 */
export async function quoteChange(
  tx: Tx,
  subscription: Subscription,
  wanted: SubscriptionTerms,
  at: Date,
): Promise<Quote> {
  if (subscription.status === 'cancelled') throw new AppError('subscription.not-found');
  if (subscription.endsAt) throw new AppError('subscription.ending');
  const quote = await quoteTerms(tx, subscription, await targetOf(tx, subscription, wanted), at);
  if (subscription.status === 'pastDue' && quote.lines.length > 0) throw new AppError('subscription.overdue');
  return quote;
}
