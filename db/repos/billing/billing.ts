import type { Tx } from '../../scope.ts';
import type { Invoice, Subscription } from '../../domain/billing/billing.ts';
import type { Page, Paging } from '../../domain/common.ts';
import { AppError } from '../../domain/errors.ts';
import { keysetPage } from '../shared/paging.ts';
import { all, first, isDuplicate, one, snake } from '../shared/rows.ts';

export async function findSubscription(tx: Tx, tenantId: string): Promise<Subscription | null> {
  return first<Subscription>(
    tx.sql('subscriptions').where({ tenant_id: tenantId }).whereNot({ status: 'cancelled' }),
  );
}

/** How many subscriptions the tenant ever had. */
export async function countSubscriptions(tx: Tx, tenantId: string): Promise<number> {
  const { n } = await one<{ n: number }>(
    tx.sql('subscriptions').where({ tenant_id: tenantId }).count('id as n'),
  );
  return n;
}

/**
 * Starts the subscription; the same id again changes nothing. True when it was started now. Throws
 * `subscription.running` beside another one that is not cancelled.
 */
export async function insertSubscription(
  tx: Tx,
  subscription: Omit<Subscription, 'createdAt' | 'cancelledAt'>,
): Promise<boolean> {
  const inserted = await tx
    .sql('subscriptions')
    .insert(snake({ ...subscription, paymentMethod: JSON.stringify(subscription.paymentMethod) }))
    .onConflict(['tenant_id', 'id'])
    .ignore()
    .returning('id')
    .catch((error: unknown) => {
      throw isDuplicate(error, 'subscriptions_current_idx')
        ? new AppError('subscription.running', { cause: error })
        : error;
    });
  if (inserted.length === 0) return false;
  tx.record({
    action: 'subscription.activated',
    targets: [{ type: 'subscription', id: subscription.id }],
    data: { plan: subscription.planKey, interval: subscription.interval, status: subscription.status },
  });
  return true;
}

export async function cancelSubscription(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  const changed = await tx
    .sql('subscriptions')
    .where({ tenant_id: tenantId, id })
    .whereNot({ status: 'cancelled' })
    .update({ status: 'cancelled', cancelled_at: new Date() });
  if (changed === 0) return false;
  tx.record({ action: 'subscription.cancelled', targets: [{ type: 'subscription', id }] });
  return true;
}

/** Holds the counter of a series such as "BIZ-2026" until the transaction ends; the last number given out. */
async function lockCounter(tx: Tx, series: string): Promise<number> {
  await tx.sql('invoice_counters').insert({ series, last_number: 0 }).onConflict('series').ignore();
  const { lastNumber } = await one<{ lastNumber: number }>(
    tx.sql('invoice_counters').where({ series }).forUpdate().select('last_number'),
  );
  return lastNumber;
}

/** Issues an invoice with the next number, without gaps; the same id again changes nothing. */
export async function insertInvoice(tx: Tx, invoice: Omit<Invoice, 'number' | 'issuedAt'>): Promise<void> {
  const series = `BIZ-${new Date().getUTCFullYear()}`;
  // The counter is held before looking for the invoice, so that of two equal requests one waits and finds it.
  const next = (await lockCounter(tx, series)) + 1;
  const existing = await first(
    tx.sql('invoices').where({ tenant_id: invoice.tenantId, id: invoice.id }).select('id').limit(1),
  );
  if (existing) return;
  const number = `${series}-${String(next).padStart(6, '0')}`;
  await tx.sql('invoices').insert(snake({ ...invoice, number }));
  await tx.sql('invoice_counters').where({ series }).update({ last_number: next });
  tx.record({
    action: 'invoice.finalised',
    targets: [{ type: 'invoice', id: invoice.id }],
    data: { number, totalMinor: invoice.totalMinor, currency: invoice.currency },
  });
}

export async function voidInvoicesOf(tx: Tx, tenantId: string, subscriptionId: string): Promise<void> {
  const rows = await all<{ id: string }>(
    tx
      .sql('invoices')
      .where({ tenant_id: tenantId, subscription_id: subscriptionId })
      .whereNot({ status: 'void' })
      .update({ status: 'void' })
      .returning('id'),
  );
  for (const { id } of rows) tx.record({ action: 'invoice.voided', targets: [{ type: 'invoice', id }] });
}

export async function getInvoice(tx: Tx, tenantId: string, id: string): Promise<Invoice> {
  const row = await first<Invoice>(tx.sql('invoices').where({ tenant_id: tenantId, id }));
  if (!row) throw new AppError('invoice.not-found');
  return row;
}

export async function listInvoices(
  tx: Tx,
  tenantId: string,
  { oldestFirst, ...paging }: Paging & { oldestFirst?: boolean | undefined },
): Promise<Page<Invoice>> {
  const query = tx
    .sql('invoices')
    .where({ tenant_id: tenantId })
    .select('*', tx.sql.raw('issued_at::text as key_0'), 'id as key_1');
  return keysetPage<Invoice>(query, {
    columns: ['issued_at', 'id'],
    types: ['timestamptz', 'text'],
    descending: !oldestFirst,
    ...paging,
  });
}

export interface NewPayment {
  id: string;
  tenantId: string;
  invoiceId: string;
  gateway: string;
  gatewayRef: string;
  amountMinor: number;
  currency: string;
}

/** Records a payment; repeating it changes nothing. */
export async function insertPayment(tx: Tx, payment: NewPayment): Promise<void> {
  const inserted = await tx
    .sql('payments')
    .insert(snake({ ...payment, status: 'succeeded' }))
    .onConflict()
    .ignore()
    .returning('id');
  if (inserted.length === 0) return;
  tx.record({
    action: 'payment.succeeded',
    targets: [{ type: 'payment', id: payment.id }],
    data: { amountMinor: payment.amountMinor, currency: payment.currency, gateway: payment.gateway },
  });
}

export interface Payment extends NewPayment {
  status: 'succeeded' | 'refunded';
}

/** Payments of a subscription that weren't refunded. */
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
  const rows = await all<Pick<Payment, 'gatewayRef'>>(
    tx.sql('payments').where({ tenant_id: tenantId, gateway }).select('gateway_ref'),
  );
  return new Set(rows.map(({ gatewayRef }) => gatewayRef));
}

export async function markRefunded(tx: Tx, tenantId: string, id: string): Promise<void> {
  const changed = await tx
    .sql('payments')
    .where({ tenant_id: tenantId, id, status: 'succeeded' })
    .update({ status: 'refunded' });
  if (changed > 0) tx.record({ action: 'payment.refunded', targets: [{ type: 'payment', id }] });
}
