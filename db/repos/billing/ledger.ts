import type { LedgerAccount, Posting } from '../../domain/billing/ledger.ts';
import { idFromKey } from '../../domain/ids.ts';
import type { Tx } from '../../scope.ts';
import { all, snake } from '../shared/rows.ts';

export interface LedgerEntry extends Posting {
  id: string;
  tenantId: string;
  /** What happened, such as `issue/inv_…`: posted once. */
  transactionId: string;
  currency: string;
  invoiceId: string;
  paymentId: string | null;
  at: Date;
}

type Transaction = Omit<LedgerEntry, 'id' | 'account' | 'amountMinor'> & { postings: readonly Posting[] };

/** Posts a transaction, whose entries must add up to zero; the same again changes nothing. */
export async function post(tx: Tx, { postings, ...facts }: Transaction): Promise<void> {
  if (postings.length === 0) return;
  const rows = await Promise.all(
    postings.map(async (posting) => ({
      ...snake({ ...facts, ...posting }),
      id: await idFromKey('ledgerEntry', `${facts.transactionId}/${posting.account}`),
    })),
  );
  await tx.sql('ledger_entries').insert(rows).onConflict(['tenant_id', 'id']).ignore();
}

/** The entries of an invoice, in the order in which they were posted. */
export async function listEntries(tx: Tx, tenantId: string, invoiceId: string): Promise<LedgerEntry[]> {
  return all<LedgerEntry>(
    tx
      .sql('ledger_entries')
      .where({ tenant_id: tenantId, invoice_id: invoiceId })
      .orderBy(['at', 'transaction_id', 'account']),
  );
}

/** The balance of each account of a tenant; minor units by account and currency. */
export async function listBalances(
  tx: Tx,
  tenantId: string,
): Promise<{ account: LedgerAccount; currency: string; amountMinor: number }[]> {
  return all(
    tx
      .sql('ledger_entries')
      .where({ tenant_id: tenantId })
      .groupBy('account', 'currency')
      .orderBy(['account', 'currency'])
      .select('account', 'currency', tx.sql.raw('sum(amount_minor)::bigint as amount_minor')),
  );
}
