import type { PaymentMethod } from '../../db/domain/billing/cards.ts';
import { recurringLines } from '../../db/domain/billing/lines.ts';
import { boundaryAt, type Period } from '../../db/domain/billing/periods.ts';
import { findPrice, type Plan, priceOf } from '../../db/domain/billing/plans.ts';
import type { Subscription } from '../../db/domain/billing/subscriptions.ts';
import { withTax } from '../../db/domain/billing/tax/tax.ts';
import type { BilledTo, TaxFacts } from '../../db/domain/billing/invoices.ts';
import type { Actor } from '../../db/domain/actor.ts';
import { AppError } from '../../db/domain/errors.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import type { PlanChoice } from '../../db/domain/onboarding/submissions.ts';
import * as clock from '../../db/repos/billing/clock.ts';
import * as invoices from '../../db/repos/billing/invoices.ts';
import * as payments from '../../db/repos/billing/payments.ts';
import { billedToOf } from '../../db/repos/billing/profiles.ts';
import { taxOf } from '../../db/repos/billing/tax.ts';
import * as plans from '../../db/repos/billing/plans.ts';
import * as subscriptions from '../../db/repos/billing/subscriptions.ts';
import * as events from '../../db/repos/audit/events.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import { actingIn } from '../shared/attribution.ts';
import { assertNotFrozen } from '../shared/freeze.ts';
import type { Tx } from '../../db/scope.ts';
import type { Deps } from '../deps.ts';
import { dayMs } from '../../db/domain/time.ts';
import { trialLine } from './issuing.ts';
import { tellProcess } from './tell-process.ts';

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
    current.paymentMethod !== null &&
    sameCard(current.paymentMethod, choice.paymentMethod)
  );
}

interface Terms {
  subscriptionId: string;
  invoiceId: string;
  amountMinor: number;
  currency: string;
  trial: boolean;
  period: Period;
  timezone: string;
  billedTo: BilledTo;
  tax: TaxFacts;
}

/** Periods are counted from the end of the trial, by the clock of the tenant. */
function termsOf(
  now: Date,
  timezone: string,
  { plan, choice: { interval, start } }: Pick<NewSubscription, 'plan' | 'choice'>,
): Pick<Terms, 'amountMinor' | 'currency' | 'trial' | 'period' | 'timezone'> {
  const startMs = now.getTime();
  const trial = start === 'trial' && plan.trialDays > 0;
  const endMs = trial
    ? startMs + plan.trialDays * dayMs
    : boundaryAt({ anchorMs: startMs, timezone, interval }, 1);
  return { ...priceOf(plan, interval), trial, period: { startMs, endMs }, timezone };
}

/** Who is billed, and how that is taxed. */
async function buyerOf(tx: Tx, tenantId: string): Promise<Pick<Terms, 'billedTo' | 'tax'>> {
  const billedTo = await billedToOf(tx, tenantId);
  return { billedTo, tax: await taxOf(tx, billedTo) };
}

/** What is paid at the start: the price with its tax. */
const totalOf = ({ amountMinor, tax }: Pick<Terms, 'amountMinor' | 'tax'>): number =>
  withTax(amountMinor, tax).totalMinor;

/** Stores the rows of a subscription that has been paid for or verified: all of them, or none. */
async function recordSubscription(
  deps: Deps,
  { tenantId, plan, choice, by }: NewSubscription,
  terms: Terms,
  chargeRef: string | null,
) {
  const { subscriptionId, invoiceId, currency, trial, period, timezone, amountMinor } = terms;
  const periodStart = new Date(period.startMs);
  const periodEnd = new Date(period.endMs);
  const { interval, paymentMethod } = choice;
  const gateway = deps.payments.name;
  const paymentId = chargeRef && (await idFromKey('payment', chargeRef));
  await deps.db.inScope(actingIn({ tenantId }, by), async (tx) => {
    const started = await subscriptions.insertSubscription(tx, {
      ...{ id: subscriptionId, tenantId, planKey: plan.key, planVersion: plan.version, interval, seats: 1 },
      ...{ amountMinor, currency, gateway, paymentMethod, timezone, periodStart, periodEnd },
      status: trial ? 'trialing' : 'active',
      trialEndsAt: trial ? periodEnd : null,
      anchorAt: trial ? periodEnd : periodStart,
    });
    if (!started) return;
    const version = await plans.getVersion(tx, plan.key, plan.version);
    const price = findPrice(version, currency, interval);
    if (!price) throw new AppError('plan.not-found');
    const planTitle = plan.title;
    await invoices.insertDraft(tx, {
      ...{ id: invoiceId, tenantId, subscriptionId, kind: 'subscription', currency, tax: terms.tax },
      ...{ periodStart, periodEnd, createdAt: periodStart },
      billedTo: terms.billedTo,
      lines: trial
        ? [trialLine(planTitle, plan.trialDays, period)]
        : recurringLines({ price, planTitle, seats: 1, period }),
    });
    await invoices.finalise(tx, tenantId, invoiceId, periodStart, periodStart);
    if (!paymentId) return;
    await payments.begin(
      tx,
      { id: paymentId, tenantId, invoiceId, gateway, amountMinor: totalOf(terms), currency },
      periodStart,
    );
    await payments.succeed(tx, { tenantId, id: paymentId, gatewayRef: chargeRef, at: periodStart });
  });
}

/** Cancels the running subscription and refunds what was paid for it. Safe to repeat. */
async function cancelAndRefund(deps: Deps, tenantId: string, subscriptionId: string): Promise<void> {
  const { refundable, now } = await deps.db.inScope(actingIn({ tenantId }), async (tx) => ({
    refundable: await payments.listRefundable(tx, tenantId, subscriptionId),
    now: (await clock.timeOf(tx, tenantId)).now,
  }));
  for (const { id, gatewayRef } of refundable) {
    if (!gatewayRef) continue;
    await assertNotFrozen(deps.db, actingIn({ tenantId }), tenantId);
    await deps.payments.refund({ chargeRef: gatewayRef, key: `refund/${id}` });
    await deps.db.inScope(actingIn({ tenantId }), (tx) => payments.markRefunded(tx, tenantId, id, now));
  }
  await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
    for (const { id } of await invoices.listStanding(tx, tenantId, subscriptionId))
      await invoices.voidInvoice(tx, tenantId, id, now);
    await subscriptions.cancelSubscription(tx, tenantId, subscriptionId, now);
  });
  await tellProcess(deps, tenantId, subscriptionId);
}

/**
 * Refunds charges at the gateway that were never recorded, except `but`, which is about to be recorded: the attempt
 * that charged the card failed permanently, and another card or the end of onboarding followed. Safe to repeat.
 */
async function refundUnrecorded(deps: Deps, tenantId: string, but: string | null): Promise<void> {
  const charges = await deps.payments.listCharges({ customerRef: tenantId });
  const booked = await deps.db.inScope(actingIn({ tenantId }), (tx) =>
    payments.listGatewayRefs(tx, tenantId, deps.payments.name),
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
  const { current, earlier, timezone, now, billedTo, tax } = await deps.db.inScope(
    actingIn({ tenantId }),
    async (tx) => ({
      current: await subscriptions.findSubscription(tx, tenantId),
      earlier: await subscriptions.countSubscriptions(tx, tenantId),
      timezone: (await tenants.get(tx, tenantId)).timezone,
      now: (await clock.timeOf(tx, tenantId)).now,
      ...(await buyerOf(tx, tenantId)),
    }),
  );
  if (current && sameTerms(current, choice, priceOf(plan, interval).amountMinor)) {
    await tellProcess(deps, tenantId, current.id);
    return idFromKey('invoice', current.id);
  }
  // Names the intent, not the attempt: repeating it, by a retry or an administrator, never charges a second time.
  const key = ['subscribe', tenantId, plan.key, interval, choice.start, paymentMethod.id, earlier].join('/');
  const subscriptionId = await idFromKey('subscription', key);
  const invoiceId = await idFromKey('invoice', subscriptionId);
  const terms: Terms = {
    ...termsOf(now, timezone, request),
    ...{ subscriptionId, invoiceId, billedTo, tax },
  };
  const chargeRef = await takePayment(deps, request, terms, paymentMethod, key);
  if (current && current.id !== terms.subscriptionId) await cancelAndRefund(deps, tenantId, current.id);
  await refundUnrecorded(deps, tenantId, chargeRef);
  await recordSubscription(deps, request, terms, chargeRef);
  await tellProcess(deps, tenantId, subscriptionId);
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
    amountMinor: totalOf(terms),
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
        subscriptions.findSubscription(tx, tenantId),
      );
      if (current) await cancelAndRefund(deps, tenantId, current.id);
      await refundUnrecorded(deps, tenantId, null);
    },
  };
}
