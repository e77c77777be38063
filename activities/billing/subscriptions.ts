import {
  addInterval,
  type Interval,
  type PaymentMethod,
  type Plan,
  priceOf,
  type Subscription,
} from '../../db/domain/billing/billing.ts';
import type { Actor } from '../../db/domain/actor.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import type { PlanChoice } from '../../db/domain/onboarding/submissions.ts';
import * as billing from '../../db/repos/billing/billing.ts';
import * as events from '../../db/repos/audit/events.ts';
import * as choices from '../../db/repos/onboarding/choices.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import { actingIn } from '../shared/attribution.ts';
import { assertNotFrozen } from '../shared/freeze.ts';
import type { Deps } from '../deps.ts';
import { dayMs } from '../../db/domain/time.ts';

interface NewSubscription {
  tenantId: string;
  plan: Plan;
  choice: PlanChoice;
  by: Actor;
}

/** A card that is entered a second time, because the first response was lost, comes with another token. */
function sameCard(one: PaymentMethod, other: PaymentMethod): boolean {
  const looks = ({ brand, last4, expMonth, expYear }: PaymentMethod) =>
    [brand, last4, expMonth, expYear].join(' ');
  return one.id === other.id || looks(one) === looks(other);
}

function sameTerms(current: Subscription, choice: PlanChoice, amountMinor: number): boolean {
  return (
    current.planKey === choice.planKey &&
    current.interval === choice.interval &&
    current.amountMinor === amountMinor &&
    sameCard(current.paymentMethod, choice.paymentMethod)
  );
}

interface Terms {
  subscriptionId: string;
  invoiceId: string;
  amountMinor: number;
  currency: string;
  trial: boolean;
  periodStart: Date;
  periodEnd: Date;
}

function termsOf(
  deps: Deps,
  plan: Plan,
  interval: Interval,
  start: PlanChoice['start'],
): Omit<Terms, 'subscriptionId' | 'invoiceId'> {
  const now = deps.clock.now();
  const trial = start === 'trial' && plan.trialDays > 0;
  const periodEnd = trial ? new Date(now.getTime() + plan.trialDays * dayMs) : addInterval(now, interval);
  return { ...priceOf(plan, interval), trial, periodStart: now, periodEnd };
}

/** Stores the rows of a subscription that has been paid for or verified: all of them, or none. */
async function recordSubscription(
  deps: Deps,
  { tenantId, plan, choice, by }: NewSubscription,
  terms: Terms,
  chargeRef: string | null,
) {
  const paidMinor = terms.trial ? 0 : terms.amountMinor;
  const paymentId = chargeRef ? await idFromKey('payment', chargeRef) : null;
  await deps.db.inScope(actingIn({ tenantId }, by), async (tx) => {
    const started = await billing.insertSubscription(tx, {
      id: terms.subscriptionId,
      tenantId,
      planKey: plan.key,
      interval: choice.interval,
      status: terms.trial ? 'trialing' : 'active',
      amountMinor: terms.amountMinor,
      currency: terms.currency,
      paymentMethod: choice.paymentMethod,
      trialEndsAt: terms.trial ? terms.periodEnd : null,
      periodStart: terms.periodStart,
      periodEnd: terms.periodEnd,
    });
    if (!started) return;
    const { profile } = await choices.list(tx, tenantId);
    await billing.insertInvoice(tx, {
      id: terms.invoiceId,
      tenantId,
      subscriptionId: terms.subscriptionId,
      // An invoice is addressed to the legal name of the business.
      billedTo: profile?.legalName ?? (await tenants.get(tx, tenantId)).name,
      status: 'paid',
      description: terms.trial
        ? `${plan.title}, trial of ${plan.trialDays} days`
        : `${plan.title}, one ${choice.interval}`,
      totalMinor: paidMinor,
      currency: terms.currency,
      periodStart: terms.periodStart,
      periodEnd: terms.periodEnd,
      paidAt: terms.periodStart,
    });
    if (!paymentId || !chargeRef) return;
    await billing.insertPayment(tx, {
      id: paymentId,
      tenantId,
      invoiceId: terms.invoiceId,
      gateway: deps.payments.name,
      gatewayRef: chargeRef,
      amountMinor: paidMinor,
      currency: terms.currency,
    });
  });
}

/** Cancels the running subscription and refunds what was paid for it. Safe to repeat. */
async function cancelAndRefund(deps: Deps, tenantId: string, subscriptionId: string): Promise<void> {
  const refundable = await deps.db.inScope(actingIn({ tenantId }), (tx) =>
    billing.listRefundable(tx, tenantId, subscriptionId),
  );
  for (const payment of refundable) {
    await assertNotFrozen(deps.db, actingIn({ tenantId }), tenantId);
    await deps.payments.refund({ chargeRef: payment.gatewayRef, key: `refund/${payment.id}` });
    await deps.db.inScope(actingIn({ tenantId }), (tx) => billing.markRefunded(tx, tenantId, payment.id));
  }
  await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
    await billing.voidInvoicesOf(tx, tenantId, subscriptionId);
    await billing.cancelSubscription(tx, tenantId, subscriptionId);
  });
}

/**
 * Refunds charges at the gateway that were never recorded, except `but`, which is about to be recorded: the attempt
 * that charged the card failed permanently, and another card or the end of onboarding followed. Safe to repeat.
 */
async function refundUnrecorded(deps: Deps, tenantId: string, but: string | null): Promise<void> {
  const charges = await deps.payments.listCharges({ customerRef: tenantId });
  const booked = await deps.db.inScope(actingIn({ tenantId }), (tx) =>
    billing.listGatewayRefs(tx, tenantId, deps.payments.name),
  );
  for (const { ref, amountMinor, currency, refunded } of charges) {
    if (ref === but || booked.has(ref)) continue;
    if (!refunded) {
      await assertNotFrozen(deps.db, actingIn({ tenantId }), tenantId);
      await deps.payments.refund({ chargeRef: ref, key: `refund/unbooked/${ref}` });
    }
    await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
      const action = 'payment.refunded';
      // An attempt that was interrupted after the refund has left no event.
      const known = await events.list(tx, { tenantId, action, targetId: ref, limit: 1 });
      if (known.items.length > 0) return;
      const data = { amountMinor, currency, booked: false };
      tx.record({ action, targets: [{ type: 'charge', id: ref }], data });
    });
  }
}

/**
 * Starts the subscription that was chosen: verifies or charges the card, then records the subscription with its first
 * invoice. A different subscription that already runs is cancelled and refunded after the new card has been accepted,
 * and before the new one is recorded. Repeating the same choice changes nothing. Throws `payment.declined`. Returns the
 * id of the first invoice.
 */
export async function startSubscription(deps: Deps, request: NewSubscription): Promise<string> {
  const { tenantId, plan, choice } = request;
  const { paymentMethod, interval } = choice;
  const { current, earlier } = await deps.db.inScope(actingIn({ tenantId }), async (tx) => ({
    current: await billing.findSubscription(tx, tenantId),
    earlier: await billing.countSubscriptions(tx, tenantId),
  }));
  if (current && sameTerms(current, choice, priceOf(plan, interval).amountMinor)) {
    return idFromKey('invoice', current.id);
  }
  // Names the intent, not the attempt: repeating it, by a retry or an administrator, never charges a second time.
  const key = ['subscribe', tenantId, plan.key, interval, choice.start, paymentMethod.id, earlier].join('/');
  const subscriptionId = await idFromKey('subscription', key);
  const invoiceId = await idFromKey('invoice', subscriptionId);
  const terms: Terms = { ...termsOf(deps, plan, interval, choice.start), subscriptionId, invoiceId };
  const chargeRef = await takePayment(deps, request, terms, paymentMethod, key);
  if (current && current.id !== terms.subscriptionId) await cancelAndRefund(deps, tenantId, current.id);
  await refundUnrecorded(deps, tenantId, chargeRef);
  await recordSubscription(deps, request, terms, chargeRef);
  return terms.invoiceId;
}

async function takePayment(
  deps: Deps,
  { tenantId, plan }: NewSubscription,
  terms: Terms,
  paymentMethod: PaymentMethod,
  key: string,
): Promise<string | null> {
  if (terms.trial) {
    await deps.payments.verify({ paymentMethodId: paymentMethod.id, customerRef: tenantId, key });
    return null;
  }
  await assertNotFrozen(deps.db, actingIn({ tenantId }), tenantId);
  const charge = await deps.payments.charge({
    amountMinor: terms.amountMinor,
    currency: terms.currency,
    paymentMethodId: paymentMethod.id,
    customerRef: tenantId,
    description: `BizOSaaS ${plan.title}`,
    offSession: false,
    key,
  });
  return charge.ref;
}

/** Subscriptions as a process ends them; starting one is part of the onboarding step that chooses it. */
export function billingActivities(deps: Deps) {
  return {
    /**
     * Ends the running subscription of a tenant and refunds everything that was charged. Does nothing when there is
     * none.
     */
    async cancelSubscription({ tenantId }: { tenantId: string }): Promise<void> {
      const current = await deps.db.inScope(actingIn({ tenantId }), (tx) =>
        billing.findSubscription(tx, tenantId),
      );
      if (current) await cancelAndRefund(deps, tenantId, current.id);
      await refundUnrecorded(deps, tenantId, null);
    },
  };
}
