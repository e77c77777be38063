import { dueMinor } from '../../../../db/domain/billing/invoices.ts';
import { openCase } from '../../../../db/domain/billing/dunning/plan.ts';
import { previewDunning } from '../../../../db/domain/billing/dunning/preview.ts';
import type { DeclineClass } from '../../../../db/domain/billing/payments.ts';
import * as cases from '../../../../db/repos/billing/dunning/cases.ts';
import * as policies from '../../../../db/repos/billing/dunning/policies.ts';
import * as invoices from '../../../../db/repos/billing/invoices.ts';
import * as subscriptions from '../../../../db/repos/billing/subscriptions.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import type { Tx } from '../../../../db/scope.ts';

const shownEnded = 20;

/** The open cases of a tenant with what is still to come of each. */
async function readOpen(tx: Tx, tenantId: string) {
  const found = (await cases.listCases(tx, tenantId, shownEnded)).map(async (one) => {
    const { policy } = await policies.getPolicyVersion(tx, one.policyKey, one.policyVersion);
    const invoice = await invoices.getInvoice(tx, tenantId, one.invoiceId);
    return {
      found: one,
      about: { invoiceNumber: invoice.number, dueMinor: dueMinor(invoice), currency: invoice.currency },
      scenarios: one.endedAt ? [] : previewDunning(policy, one.state),
    };
  });
  return Promise.all(found);
}

/** What would happen if the next payment of a tenant fails; null without a subscription that renews. */
async function readComing(tx: Tx, tenantId: string, declineClass: DeclineClass) {
  const subscription = await subscriptions.findSubscription(tx, tenantId);
  if (!subscription) return null;
  const { planKey, timezone, periodEnd, trialEndsAt, status, paymentMethod } = subscription;
  const { policy } = await policies.policyOf(tx, tenantId, planKey);
  const at = status === 'trialing' ? (trialEndsAt ?? periodEnd) : periodEnd;
  const cardId = paymentMethod?.id ?? null;
  const state = openCase(policy, { timezone, atMs: at.getTime(), declineClass, cardId });
  const { amountMinor, currency } = subscription;
  return { at, amount: { amountMinor, currency }, scenarios: previewDunning(policy, state) };
}

/** All about the overdue invoices of a tenant. Throws `tenant.not-found`. */
export async function readTenantDunning(tx: Tx, tenantId: string, declineClass: DeclineClass) {
  const tenant = await tenants.get(tx, tenantId);
  const subscription = await subscriptions.findSubscription(tx, tenantId);
  const all = await readOpen(tx, tenantId);
  const open = all.filter(({ found }) => !found.endedAt);
  return {
    tenant,
    open,
    ended: all.filter(({ found }) => found.endedAt),
    policy: subscription && (await policies.policyOf(tx, tenantId, subscription.planKey)),
    own: await policies.findAssigned(tx, tenantId),
    policies: await policies.listPolicies(tx),
    coming: open.length > 0 ? null : await readComing(tx, tenantId, declineClass),
  };
}
