import type { DunningCase } from '../../../db/domain/billing/dunning/case.ts';
import { compareWithPreview } from '../../../db/domain/billing/dunning/compare.ts';
import { nextDunningStep, observeCase, openCase } from '../../../db/domain/billing/dunning/plan.ts';
import type { DunningPolicy } from '../../../db/domain/billing/dunning/policy.ts';
import { previewDunning } from '../../../db/domain/billing/dunning/preview.ts';
import type { DunningState } from '../../../db/domain/billing/dunning/state.ts';
import type { Invoice } from '../../../db/domain/billing/invoices.ts';
import type { Subscription } from '../../../db/domain/billing/subscriptions.ts';
import { AppError } from '../../../db/domain/errors.ts';
import * as clock from '../../../db/repos/billing/clock.ts';
import * as cases from '../../../db/repos/billing/dunning/cases.ts';
import * as policies from '../../../db/repos/billing/dunning/policies.ts';
import * as invoices from '../../../db/repos/billing/invoices.ts';
import * as payments from '../../../db/repos/billing/payments.ts';
import * as subscriptions from '../../../db/repos/billing/subscriptions.ts';
import type { Tx } from '../../../db/scope.ts';

/** Names a case: there is one for each invoice. */
export interface CaseOf {
  tenantId: string;
  invoiceId: string;
}

/** A case with what it is about, held until the transaction ends. */
export interface HeldCase {
  found: DunningCase;
  policy: DunningPolicy;
  subscription: Subscription;
  invoice: Invoice;
  now: Date;
  isVirtual: boolean;
}

/** Opens the case of an invoice whose payment failed, with what its preview says of the time to come. */
async function openFor(tx: Tx, subscription: Subscription, invoice: Invoice): Promise<void> {
  const { tenantId, id: invoiceId } = invoice;
  const failed = (await payments.listPayments(tx, tenantId, invoiceId)).findLast(
    ({ status }) => status === 'failed',
  );
  if (invoice.status !== 'open' || !failed) return;
  const { key, version, policy } = await policies.policyOf(tx, tenantId, subscription.planKey);
  const startedAt = failed.settledAt ?? failed.createdAt;
  const state = openCase(policy, {
    timezone: subscription.timezone,
    atMs: startedAt.getTime(),
    declineClass: failed.declineClass ?? 'doNotHonour',
    cardId: subscription.paymentMethod?.id ?? null,
  });
  await cases.insertCase(tx, {
    ...{ tenantId, invoiceId, subscriptionId: subscription.id, policyKey: key, policyVersion: version },
    ...{ state, preview: previewDunning(policy, state), startedAt },
  });
}

/** Reads and holds a case; opens it where there is none yet. Null where there is nothing to collect. */
export async function holdCase(tx: Tx, { tenantId, invoiceId }: CaseOf): Promise<HeldCase | null> {
  const { subscriptionId } = await invoices.getInvoice(tx, tenantId, invoiceId);
  if (!subscriptionId) return null;
  const subscription = await subscriptions.lockSubscription(tx, tenantId, subscriptionId);
  const invoice = await invoices.lockInvoice(tx, tenantId, invoiceId);
  let found = await cases.lockCase(tx, tenantId, invoiceId);
  if (!found) {
    await openFor(tx, subscription, invoice);
    found = await cases.lockCase(tx, tenantId, invoiceId);
  }
  if (!found) return null;
  const { policy } = await policies.getPolicyVersion(tx, found.policyKey, found.policyVersion);
  return { found, policy, subscription, invoice, ...(await clock.timeOf(tx, tenantId)) };
}

/** Stores how far a case is now, and what comes next. */
export async function saveCase(
  tx: Tx,
  { found, policy }: Pick<HeldCase, 'found' | 'policy'>,
  state: DunningState,
): Promise<void> {
  const next = nextDunningStep(policy, state);
  const nextAt = next && new Date(next.atMs);
  await cases.updateCase(tx, found, { state, nextAt, nextKind: next?.kind ?? null });
}

/** The case with what happened beside it since: money from elsewhere, an invoice taken back, a new card. */
export function observed({ found, policy, invoice, subscription, now }: HeldCase): DunningState {
  if (invoice.status === 'draft') throw new AppError('dunning.not-open');
  return observeCase(policy, found.state, {
    invoice: invoice.status,
    cardId: subscription.paymentMethod?.id ?? null,
    nowMs: now.getTime(),
  });
}

/** Ends a case of which all is done, and states whether it went as its preview said. */
export async function closeCase(tx: Tx, { found, now }: HeldCase, state: DunningState): Promise<void> {
  if (found.endedAt) return;
  const outcome = state.over?.outcome ?? 'cancelled';
  const difference = compareWithPreview(state, found.preview);
  const asPreviewed = difference === null;
  const change = { state, outcome, asPreviewed, difference, endedAt: now, nextAt: null, nextKind: null };
  await cases.updateCase(tx, found, change);
  tx.record({
    action: 'dunning.ended',
    targets: [
      { type: 'dunningCase', id: found.id },
      { type: 'invoice', id: found.invoiceId },
    ],
    data: { outcome, asPreviewed },
  });
}
