import type { Actor } from '../../db/domain/actor.ts';
import type { PaymentMethod } from '../../db/domain/billing/cards.ts';
import { pendingWithoutChoice, sameTerms, type Terms } from '../../db/domain/billing/change.ts';
import type { Subscription, SubscriptionTerms } from '../../db/domain/billing/subscriptions.ts';
import { AppError } from '../../db/domain/errors.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import * as events from '../../db/repos/audit/events.ts';
import { type Quote, quoteChange, quoteTerms } from '../../db/repos/billing/changes.ts';
import * as clock from '../../db/repos/billing/clock.ts';
import { billedToOf } from '../../db/repos/billing/profiles.ts';
import * as invoices from '../../db/repos/billing/invoices.ts';
import * as payments from '../../db/repos/billing/payments.ts';
import * as subscriptions from '../../db/repos/billing/subscriptions.ts';
import type { Tx } from '../../db/scope.ts';
import type { Deps } from '../deps.ts';
import { actingIn } from '../shared/attribution.ts';
import { assertNotFrozen } from '../shared/freeze.ts';
import { type Collected, collectInvoice } from './collecting.ts';
import { tellProcess } from './tell-process.ts';

interface Asked {
  tenantId: string;
  subscriptionId: string;
  by: Actor;
}

type Begun =
  | { invoice: null; when: Quote['when'] }
  | { invoice: { id: string; totalMinor: number }; target: Terms; basis: string };

/** What a price was worked out from: with anything of it changed, the price is another one. */
const basisOf = (of: Subscription): string =>
  JSON.stringify([
    ...[of.planKey, of.planVersion, of.interval, of.seats, of.status, of.amountMinor],
    ...[of.periodStart, of.periodEnd, of.endsAt, of.pending && Object.entries(of.pending).sort()],
  ]);

/** Makes a change that costs nothing now; again, it does nothing. */
async function take(tx: Tx, held: Subscription, { change, when, target }: Quote, at: Date): Promise<void> {
  const isWaiting = when === 'periodEnd';
  if (isWaiting ? held.pending && sameTerms(held.pending, target) : sameTerms(held, target) && !held.pending)
    return;
  const { planKey: plan, interval, seats } = target;
  const action = isWaiting
    ? 'subscription.change-scheduled'
    : sameTerms(held, target)
      ? 'subscription.kept'
      : 'subscription.changed';
  await subscriptions.changeSubscription(tx, held, change, { action, at, data: { plan, interval, seats } });
}

/** Issues the invoice of a change that is charged now. */
async function issue(tx: Tx, held: Subscription, { lines, tax, change }: Quote, id: string, at: Date) {
  const { tenantId, currency } = held;
  await invoices.insertDraft(tx, {
    ...{ id, tenantId, subscriptionId: held.id, kind: 'change', currency, tax, lines },
    ...{
      periodStart: at,
      periodEnd: 'periodEnd' in change ? change.periodEnd : held.periodEnd,
      createdAt: at,
    },
    billedTo: await billedToOf(tx, tenantId),
  });
  return invoices.finalise(tx, tenantId, id, at, at);
}

/** Changes of subscriptions that people ask for. Each is done once, however often it is asked. */
export function subscriptionChangeActivities(deps: Deps) {
  const change = async (
    { tenantId, subscriptionId, by }: Asked,
    work: (tx: Tx, held: Subscription, at: Date) => Promise<void>,
  ): Promise<void> => {
    await deps.db.inScope(actingIn({ tenantId }, by), async (tx) => {
      const held = await subscriptions.lockSubscription(tx, tenantId, subscriptionId);
      const { now } = await clock.timeOf(tx, tenantId);
      await work(tx, held, now);
    });
    await tellProcess(deps, tenantId, subscriptionId);
  };

  return {
    /**
     * Makes a change that costs nothing now, or issues the invoice that is to be paid before it applies. Throws
     * `subscription.price-changed` where another amount is due than the person was shown.
     */
    async beginSubscriptionChange({
      key,
      expectedDueMinor,
      planKey,
      interval,
      seats,
      ...asked
    }: Asked & SubscriptionTerms & { expectedDueMinor: number; key: string }): Promise<Begun> {
      const { tenantId, subscriptionId, by } = asked;
      const id = await idFromKey('invoice', `change/${subscriptionId}/${key}`);
      const begun = await deps.db.inScope(actingIn({ tenantId }, by), async (tx): Promise<Begun> => {
        const held = await subscriptions.lockSubscription(tx, tenantId, subscriptionId);
        const earlier = await invoices.findInvoice(tx, tenantId, id);
        // The answer of an earlier try was lost: it was priced then.
        const at = earlier?.createdAt ?? (await clock.timeOf(tx, tenantId)).now;
        const quote = await quoteChange(tx, held, { planKey, interval, seats }, at);
        if (quote.dueNowMinor !== expectedDueMinor) throw new AppError('subscription.price-changed');
        if (quote.dueNowMinor === 0) {
          await take(tx, held, quote, at);
          return { invoice: null, when: quote.when };
        }
        const { totalMinor } = earlier ?? (await issue(tx, held, quote, id, at));
        return { invoice: { id, totalMinor }, target: quote.target, basis: basisOf(held) };
      });
      if (!begun.invoice) await tellProcess(deps, tenantId, subscriptionId);
      return begun;
    },

    /** Tries once to be paid for a change, by the card on file; its owner is there to confirm. */
    collectSubscriptionChange: ({
      tenantId,
      invoiceId,
    }: {
      tenantId: string;
      invoiceId: string;
    }): Promise<Collected> => collectInvoice(deps, { tenantId, invoiceId, attempt: 1, present: true }),

    /** Applies a change that was paid for; false where the subscription is another one by now. */
    async applySubscriptionChange({
      target,
      basis,
      invoiceId,
      ...asked
    }: Asked & { target: Terms; basis: string; invoiceId: string }): Promise<boolean> {
      const { tenantId } = asked;
      let isApplied = false;
      await change(asked, async (tx, held, at) => {
        const action = 'subscription.changed';
        const known = await events.list(tx, { tenantId, action, targetId: invoiceId, limit: 1 });
        isApplied = known.items.length > 0;
        const invoice = await invoices.lockInvoice(tx, tenantId, invoiceId);
        if (isApplied || invoice.status !== 'paid' || basisOf(held) !== basis) return;
        const quote = await quoteTerms(tx, held, target, invoice.createdAt);
        const { planKey: plan, interval, seats } = target;
        await subscriptions.changeSubscription(tx, held, quote.change, {
          ...{ action, at, data: { plan, interval, seats } },
          targets: [{ type: 'invoice', id: invoiceId }],
        });
        isApplied = true;
      });
      return isApplied;
    },

    /** Takes back the invoice of a change that isn't made, and refunds what was paid for it. */
    async withdrawSubscriptionChange({ tenantId, invoiceId }: { tenantId: string; invoiceId: string }) {
      const scope = actingIn({ tenantId });
      const { paid, now } = await deps.db.inScope(scope, async (tx) => ({
        paid: await payments.listPayments(tx, tenantId, invoiceId),
        now: (await clock.timeOf(tx, tenantId)).now,
      }));
      for (const { id, gatewayRef, status } of paid) {
        if (status !== 'succeeded' || !gatewayRef) continue;
        await assertNotFrozen(deps.db, scope, tenantId);
        await deps.payments.refund({ chargeRef: gatewayRef, key: `refund/${id}` });
        await deps.db.inScope(scope, (tx) => payments.markRefunded(tx, tenantId, id, now));
      }
      await deps.db.inScope(scope, (tx) => invoices.voidInvoice(tx, tenantId, invoiceId, now));
    },

    /** Ends a subscription now, without a refund, or at the end of what is paid. */
    endSubscriptionAsAsked: ({ when, ...asked }: Asked & { when: 'now' | 'periodEnd' }): Promise<void> =>
      change(asked, async (tx, held, at) => {
        const { tenantId, subscriptionId } = asked;
        if (when === 'now') {
          await subscriptions.cancelSubscription(tx, tenantId, subscriptionId, at);
          return;
        }
        if (held.status === 'cancelled') throw new AppError('subscription.not-found');
        if (held.endsAt) return;
        const endsAt = (held.status === 'trialing' && held.trialEndsAt) || held.periodEnd;
        const end = { endsAt, pending: null };
        const data = { endsAt: endsAt.toISOString() };
        await subscriptions.changeSubscription(tx, held, end, {
          action: 'subscription.end-scheduled',
          at,
          data,
        });
      }),

    /** Takes back a cancellation or change that waits for the end of the period. */
    keepSubscription: (asked: Asked): Promise<void> =>
      change(asked, async (tx, held, at) => {
        if (held.status === 'cancelled') throw new AppError('subscription.not-found');
        const kept = { endsAt: null, pending: pendingWithoutChoice(held) };
        if (held.endsAt === null && held.pending === null) return;
        await subscriptions.changeSubscription(tx, held, kept, { action: 'subscription.kept', at });
      }),

    /** Checks a card at the gateway and charges it from now on. Throws `payment.declined`. */
    async changeSubscriptionCard({ paymentMethod, ...asked }: Asked & { paymentMethod: PaymentMethod }) {
      const { tenantId, subscriptionId } = asked;
      const key = `card/${subscriptionId}/${paymentMethod.id}`;
      await deps.payments.verify({ paymentMethodId: paymentMethod.id, customerRef: tenantId, key });
      await change(asked, async (tx, held, at) => {
        if (held.status === 'cancelled') throw new AppError('subscription.not-found');
        if (held.paymentMethod?.id === paymentMethod.id) return;
        const card = { paymentMethod, gateway: deps.payments.name };
        await subscriptions.changeSubscription(tx, held, card, { action: 'subscription.card-changed', at });
      });
    },
  };
}
