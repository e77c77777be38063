import { recurringLines } from '../../db/domain/billing/lines.ts';
import { type Period, periodFrom } from '../../db/domain/billing/periods.ts';
import { nextRenewalStep, type RenewalStep } from '../../db/domain/billing/next-step.ts';
import { findPrice, recurringMinor } from '../../db/domain/billing/plans.ts';
import type { Subscription } from '../../db/domain/billing/subscriptions.ts';
import { AppError } from '../../db/domain/errors.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import * as clock from '../../db/repos/billing/clock.ts';
import { listBillingContacts } from '../../db/repos/billing/contacts.ts';
import * as invoices from '../../db/repos/billing/invoices.ts';
import { billedToOf } from '../../db/repos/billing/profiles.ts';
import { taxOf } from '../../db/repos/billing/tax.ts';
import * as plans from '../../db/repos/billing/plans.ts';
import * as subscriptions from '../../db/repos/billing/subscriptions.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import * as users from '../../db/repos/people/users.ts';
import type { Tx } from '../../db/scope.ts';
import type { Deps } from '../deps.ts';
import { sendToPerson } from '../settings/mail.ts';
import { actingIn } from '../shared/attribution.ts';
import { type Collected, collectInvoice, type Collecting } from './collecting.ts';
import { tellCase, tellDunning } from './dunning/tell.ts';

interface Renewing {
  tenantId: string;
  subscriptionId: string;
}
/** A step of the plan, named by the moment it was due. */
type Due = Renewing & { atMs: number };

/** Whether a step is still the next one: a retry of one that was taken finds another. */
const isNext = (subscription: Subscription, atMs: number, ...kinds: RenewalStep['kind'][]): boolean => {
  const next = nextRenewalStep(subscription);
  return next !== null && next.atMs === atMs && kinds.includes(next.kind);
};

/** The terms from a boundary on: those that were waiting for it, else the running ones. */
function termsAt(
  subscription: Subscription,
  boundaryMs: number,
): Pick<Subscription, 'planKey' | 'planVersion' | 'interval' | 'seats' | 'anchorAt'> {
  const { pending, planKey, planVersion, interval, seats, anchorAt } = subscription;
  if (!pending) return { planKey, planVersion, interval, seats, anchorAt };
  return { ...pending, anchorAt: pending.interval === interval ? anchorAt : new Date(boundaryMs) };
}

/** Moves the subscription into the period that begins at a boundary, and writes the invoice for it. */
async function enterPeriod(tx: Tx, held: Subscription, boundaryMs: number, now: Date): Promise<string> {
  const { tenantId, currency, timezone } = held;
  const at = new Date(boundaryMs);
  const { anchorAt, ...terms } = termsAt(held, boundaryMs);
  const version = await plans.getVersion(tx, terms.planKey, terms.planVersion);
  const price = findPrice(version, currency, terms.interval);
  if (!price) throw new AppError('plan.not-found');
  const period = periodFrom({ anchorMs: anchorAt.getTime(), timezone, interval: terms.interval }, boundaryMs);
  const trialOver = held.status === 'trialing';
  const change = {
    ...terms,
    ...{ anchorAt, pending: null, amountMinor: recurringMinor(price, terms.seats) },
    periodStart: new Date(period.startMs),
    periodEnd: new Date(period.endMs),
    ...(trialOver && { status: 'active' as const }),
  };
  await subscriptions.changeSubscription(tx, held, change, {
    action: trialOver ? 'subscription.trial-ended' : 'subscription.renewed',
    at,
    data: { plan: terms.planKey },
  });
  const planTitle = await plans.titleOf(tx, terms.planKey);
  const invoiceId = await invoiceOf(held.id, period);
  const billedTo = await billedToOf(tx, tenantId);
  await invoices.insertDraft(tx, {
    ...{ id: invoiceId, tenantId, subscriptionId: held.id, kind: 'subscription', currency, billedTo },
    tax: await taxOf(tx, billedTo),
    periodStart: change.periodStart,
    periodEnd: change.periodEnd,
    lines: recurringLines({ price, planTitle, seats: terms.seats, period }),
    createdAt: now,
  });
  await invoices.finalise(tx, tenantId, invoiceId, now, now);
  return invoiceId;
}

/** The invoice of a period, whatever asks for it. */
const invoiceOf = (subscriptionId: string, { startMs }: Pick<Period, 'startMs'>): Promise<string> =>
  idFromKey('invoice', `${subscriptionId}/${new Date(startMs).toISOString()}`);

/** What a subscription does in the course of time, as its process calls it. Each is done once, however often it is asked. */
export function renewalActivities(deps: Deps) {
  return {
    /** What comes next and in how many milliseconds, by the clock of the tenant; null once it has ended. */
    async planRenewal({
      tenantId,
      subscriptionId,
    }: Renewing): Promise<(RenewalStep & { waitMs: number; isVirtual: boolean }) | null> {
      return deps.db.inScope(actingIn({ tenantId }), async (tx) => {
        const subscription = await subscriptions.getSubscription(tx, tenantId, subscriptionId);
        const { now, isVirtual } = await clock.timeOf(tx, tenantId);
        if (!subscription.processAt) await subscriptions.markProcessStarted(tx, tenantId, subscriptionId);
        const next = nextRenewalStep(subscription);
        return next && { ...next, waitMs: next.atMs - now.getTime(), isVirtual };
      });
    },

    /** Begins the next period; the invoice to collect, or null where that was already done or isn’t due any more. */
    async beginBillingPeriod({ tenantId, subscriptionId, atMs }: Due): Promise<{ invoiceId: string } | null> {
      return deps.db.inScope(actingIn({ tenantId }), async (tx) => {
        const held = await subscriptions.lockSubscription(tx, tenantId, subscriptionId);
        const { now } = await clock.timeOf(tx, tenantId);
        if (isNext(held, atMs, 'trialEnd', 'renewal'))
          return { invoiceId: await enterPeriod(tx, held, atMs, now) };
        // The answer of an earlier try was lost.
        if (held.periodStart.getTime() === atMs && held.status !== 'cancelled')
          return { invoiceId: await invoiceOf(subscriptionId, { startMs: atMs }) };
        return null;
      });
    },

    /** Ends a subscription that was cancelled for this moment. */
    async endSubscription({ tenantId, subscriptionId, atMs }: Due): Promise<void> {
      await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
        const held = await subscriptions.lockSubscription(tx, tenantId, subscriptionId);
        if (isNext(held, atMs, 'end'))
          await subscriptions.cancelSubscription(tx, tenantId, subscriptionId, new Date(atMs));
      });
    },

    /** Tells the owners of a tenant what is charged soon; once for each end of a trial and each renewal. */
    async sendBillingReminder({ tenantId, subscriptionId, atMs, kind }: Due & { kind: RenewalStep['kind'] }) {
      const scope = actingIn({ tenantId });
      const { subscription, planTitle, tenant, contacts } = await deps.db.inScope(scope, async (tx) => {
        const subscription = await subscriptions.getSubscription(tx, tenantId, subscriptionId);
        const ids = await listBillingContacts(tx, tenantId);
        return {
          subscription,
          planTitle: await plans.titleOf(tx, subscription.planKey),
          tenant: await tenants.get(tx, tenantId),
          contacts: await Promise.all(ids.map((id) => users.get(tx, id))),
        };
      });
      if (!isNext(subscription, atMs, 'trialReminder', 'renewalReminder')) return;
      const { trialEndsAt, periodEnd, status, amountMinor, currency } = subscription;
      const boundary = status === 'trialing' ? (trialEndsAt ?? periodEnd) : periodEnd;
      for (const user of contacts)
        await sendToPerson(
          deps,
          { tenant, user },
          {
            template: 'billing-reminder',
            key: `billing-reminder/${subscriptionId}/${boundary.toISOString()}/${user.id}`,
            values: () => ({ kind, plan: planTitle, amountMinor, currency, at: boundary.toISOString() }),
          },
        );
      await deps.db.inScope(scope, async (tx) => {
        const held = await subscriptions.lockSubscription(tx, tenantId, subscriptionId);
        if (!isNext(held, atMs, 'trialReminder', 'renewalReminder')) return;
        const { now } = await clock.timeOf(tx, tenantId);
        const reminded = { action: 'subscription.reminder-sent', at: now, data: { kind } } as const;
        await subscriptions.changeSubscription(tx, held, { remindedFor: boundary }, reminded);
      });
    },

    /**
     * Tries once to be paid for an invoice, by the card on file; a refusal makes the subscription past due, and another
     * process collects the invoice.
     */
    async collectInvoice(request: Collecting): Promise<Collected> {
      const { tenantId, invoiceId } = request;
      const collected = await collectInvoice(deps, request);
      await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
        const { subscriptionId } = await invoices.getInvoice(tx, tenantId, invoiceId);
        if (!subscriptionId) return;
        const held = await subscriptions.lockSubscription(tx, tenantId, subscriptionId);
        const { now: at } = await clock.timeOf(tx, tenantId);
        if (collected.outcome === 'declined' && held.status === 'active')
          await subscriptions.changeSubscription(
            tx,
            held,
            { status: 'pastDue' },
            { action: 'subscription.lapsed', at },
          );
      });
      if (collected.outcome === 'declined') await tellCase(deps, tenantId, invoiceId);
      else await tellDunning(deps, tenantId);
      return collected;
    },
  };
}
