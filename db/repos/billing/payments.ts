import { paymentReceived, paymentRefunded } from '../../domain/billing/ledger.ts';
import type { DeclineClass, Payment } from '../../domain/billing/payments.ts';
import type { Tx } from '../../scope.ts';
import { all, first, snake } from '../shared/rows.ts';
import { addPaid, lockInvoice } from './invoices.ts';
import { post } from './ledger.ts';

type NewPayment = Pick<Payment, 'id' | 'tenantId' | 'invoiceId' | 'gateway' | 'amountMinor' | 'currency'>;

/**
 * Writes down that a gateway will be asked, before it is: an attempt whose outcome is never learnt stays visible. The same id
 * again answers with the attempt as it is.
 */
export async function begin(tx: Tx, payment: NewPayment, at: Date): Promise<Payment> {
  await tx
    .sql('payments')
    .insert(snake({ ...payment, status: 'pending', createdAt: at }))
    .onConflict(['tenant_id', 'id'])
    .ignore();
  return get(tx, payment.tenantId, payment.id);
}

/** An attempt, held until the transaction ends. */
export async function find(tx: Tx, tenantId: string, id: string): Promise<Payment | null> {
  return first<Payment>(tx.sql('payments').where({ tenant_id: tenantId, id }).forUpdate());
}

async function get(tx: Tx, tenantId: string, id: string): Promise<Payment> {
  const row = await find(tx, tenantId, id);
  if (!row) throw new Error('a payment that was begun is gone');
  return row;
}

/** The gateway took the money. True when the invoice is paid with it now; again, it does nothing. */
export async function succeed(
  tx: Tx,
  { tenantId, id, gatewayRef, at }: { tenantId: string; id: string; gatewayRef: string | null; at: Date },
): Promise<boolean> {
  // The invoice before the payment, as everyone does.
  const { invoiceId } = await get(tx, tenantId, id);
  const invoice = await lockInvoice(tx, tenantId, invoiceId);
  const payment = await get(tx, tenantId, id);
  if (payment.status === 'succeeded' || payment.status === 'refunded') return false;
  const { amountMinor, currency, gateway } = payment;
  await tx
    .sql('payments')
    .where({ tenant_id: tenantId, id })
    .update(snake({ status: 'succeeded', gatewayRef, settledAt: at, declineClass: null, declineCode: null }));
  tx.record({
    action: 'payment.succeeded',
    targets: [
      { type: 'payment', id },
      { type: 'invoice', id: invoiceId },
    ],
    data: { amountMinor, currency, gateway },
  });
  await post(tx, {
    ...{ tenantId, transactionId: `pay/${id}`, currency, invoiceId, paymentId: id, at },
    postings: paymentReceived(amountMinor, gateway === 'outside' ? 'bank' : 'gateway'),
  });
  return addPaid(tx, invoice, amountMinor, at);
}

/** The gateway refused. */
export async function decline(
  tx: Tx,
  { tenantId, id, ...why }: { tenantId: string; id: string; declineClass: DeclineClass; declineCode: string },
  at: Date,
): Promise<void> {
  const changed = await tx
    .sql('payments')
    .where({ tenant_id: tenantId, id, status: 'pending' })
    .update(snake({ status: 'failed', ...why, settledAt: at }));
  if (changed === 0) return;
  tx.record({
    action: 'payment.declined',
    outcome: 'failure',
    targets: [{ type: 'payment', id }],
    data: { reason: why.declineClass },
  });
}

/** Attempts and receipts for an invoice, the oldest first. */
export async function listPayments(tx: Tx, tenantId: string, invoiceId: string): Promise<Payment[]> {
  return all<Payment>(
    tx.sql('payments').where({ tenant_id: tenantId, invoice_id: invoiceId }).orderBy(['created_at', 'id']),
  );
}

/** Payments of a subscription that can still be refunded in part or whole. */
export async function listRefundable(tx: Tx, tenantId: string, subscriptionId: string): Promise<Payment[]> {
  return all<Payment>(
    tx
      .sql('payments as p')
      .join('invoices as i', (join) => join.on('i.tenant_id', 'p.tenant_id').andOn('i.id', 'p.invoice_id'))
      .where({ 'p.tenant_id': tenantId, 'i.subscription_id': subscriptionId, 'p.status': 'succeeded' })
      .select('p.*'),
  );
}

/** The gateway's ids of all recorded charges. */
export async function listGatewayRefs(
  tx: Tx,
  tenantId: string,
  gateway: string,
): Promise<ReadonlySet<string>> {
  const rows = await all<{ gatewayRef: string }>(
    tx
      .sql('payments')
      .where({ tenant_id: tenantId, gateway })
      .whereNotNull('gateway_ref')
      .select('gateway_ref'),
  );
  return new Set(rows.map(({ gatewayRef }) => gatewayRef));
}

/** The whole payment went back; again, it does nothing. */
export async function markRefunded(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  const { invoiceId, status, amountMinor, refundedMinor, currency, gateway } = await get(tx, tenantId, id);
  if (status !== 'succeeded') return;
  await tx
    .sql('payments')
    .where({ tenant_id: tenantId, id })
    .update({ status: 'refunded', refunded_minor: amountMinor });
  tx.record({ action: 'payment.refunded', targets: [{ type: 'payment', id }] });
  await post(tx, {
    ...{ tenantId, transactionId: `refund/${id}`, currency, invoiceId, paymentId: id, at },
    postings: paymentRefunded(amountMinor - refundedMinor, gateway === 'outside' ? 'bank' : 'gateway'),
  });
}

/** A payment, and what of it is still there. */
export type Refundable = Payment & { leftMinor: number };

/** What a credit note can be paid back from, the newest first, and how much of it went back already. */
export async function listForCredit(
  tx: Tx,
  tenantId: string,
  { invoiceId, noteId }: { invoiceId: string; noteId: string },
): Promise<{ payments: Refundable[]; refundedMinor: number }> {
  const payments = await listPayments(tx, tenantId, invoiceId);
  const done = await all<{ sum: number }>(
    tx.sql.raw(
      `select coalesce(sum(amount_minor), 0)::bigint as sum from ledger_entries
       where tenant_id = :tenantId and account = 'receivable' and starts_with(transaction_id, :prefix)`,
      { tenantId, prefix: `refund/${noteId}/` },
    ),
  );
  return {
    payments: payments
      .filter(({ status }) => status === 'succeeded')
      .map((one) => ({ ...one, leftMinor: one.amountMinor - one.refundedMinor }))
      .filter(({ leftMinor }) => leftMinor > 0)
      .reverse(),
    refundedMinor: done[0]?.sum ?? 0,
  };
}

/** A part of a payment went back for a credit note; the same again does nothing. */
export async function refundPart(
  tx: Tx,
  part: { tenantId: string; paymentId: string; noteId: string; amountMinor: number; at: Date },
): Promise<void> {
  const { tenantId, paymentId, noteId, amountMinor, at } = part;
  const held = await get(tx, tenantId, paymentId);
  const transactionId = `refund/${noteId}/${paymentId}`;
  const posted = await first(
    tx
      .sql('ledger_entries')
      .where({ tenant_id: tenantId, transaction_id: transactionId })
      .select('id')
      .limit(1),
  );
  if (posted) return;
  const refundedMinor = held.refundedMinor + amountMinor;
  await tx
    .sql('payments')
    .where({ tenant_id: tenantId, id: paymentId })
    .update(snake({ refundedMinor, ...(refundedMinor === held.amountMinor && { status: 'refunded' }) }));
  tx.record({
    action: 'payment.refunded',
    targets: [{ type: 'payment', id: paymentId }],
    data: { amountMinor, currency: held.currency },
  });
  const { currency, invoiceId, gateway } = held;
  await post(tx, {
    ...{ tenantId, transactionId, currency, invoiceId, paymentId, at },
    postings: paymentRefunded(amountMinor, gateway === 'outside' ? 'bank' : 'gateway'),
  });
}
