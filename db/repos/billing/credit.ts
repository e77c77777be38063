import { dueMinor, type Invoice } from '../../domain/billing/invoices.ts';
import { creditKept, creditUsed } from '../../domain/billing/ledger.ts';
import type { Tx } from '../../scope.ts';
import { first, one } from '../shared/rows.ts';
import { post } from './ledger.ts';

/** What a tenant has in credit in a currency; minor units. */
export async function creditOf(tx: Tx, tenantId: string, currency: string): Promise<number> {
  const { sum } = await one<{ sum: number }>(
    tx.sql.raw(
      `select coalesce(-sum(amount_minor), 0)::bigint as sum from ledger_entries
       where tenant_id = :tenantId and account = 'credit' and currency = :currency`,
      { tenantId, currency },
    ),
  );
  return sum;
}

/** Pays an invoice that the caller holds from the credit of its tenant, as far as that goes; what was used. */
export async function spendCredit(tx: Tx, held: Invoice, at: Date): Promise<number> {
  const { tenantId, id, currency } = held;
  const usedMinor = Math.min(dueMinor(held), await creditOf(tx, tenantId, currency));
  if (usedMinor <= 0) return 0;
  const transactionId = `spend/${id}`;
  await post(tx, {
    tenantId,
    transactionId,
    currency,
    invoiceId: id,
    paymentId: null,
    at,
    postings: creditUsed(usedMinor),
  });
  tx.record({ action: 'credit.spent', targets: [{ type: 'invoice', id }], data: { amountMinor: usedMinor } });
  return usedMinor;
}

/** Gives the credit back that an invoice was paid from, which is taken back now; again, it does nothing. */
export async function returnCredit(tx: Tx, { tenantId, id, currency }: Invoice, at: Date): Promise<void> {
  const spent = await first<{ amountMinor: number }>(
    tx
      .sql('ledger_entries')
      .where({ tenant_id: tenantId, transaction_id: `spend/${id}`, account: 'credit' })
      .select('amount_minor'),
  );
  if (!spent) return;
  const facts = { tenantId, transactionId: `unspend/${id}`, currency, invoiceId: id, paymentId: null, at };
  await post(tx, { ...facts, postings: creditKept(spent.amountMinor) });
}
