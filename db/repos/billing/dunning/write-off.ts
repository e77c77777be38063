import { dueMinor } from '../../../domain/billing/invoices.ts';
import { invoiceWrittenOff } from '../../../domain/billing/ledger.ts';
import type { Tx } from '../../../scope.ts';
import { lockInvoice } from '../invoices.ts';
import { post } from '../ledger.ts';

/** Gives up what is still owed for an open invoice; again, it does nothing. */
export async function writeOffInvoice(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  const held = await lockInvoice(tx, tenantId, id);
  if (held.status !== 'open') return;
  const amountMinor = dueMinor(held);
  await tx.sql('invoices').where({ tenant_id: tenantId, id }).update({ status: 'uncollectible' });
  const { currency } = held;
  tx.record({
    action: 'invoice.uncollected',
    targets: [{ type: 'invoice', id }],
    data: { amountMinor, currency },
  });
  await post(tx, {
    ...{ tenantId, transactionId: `write-off/${id}`, currency, invoiceId: id, paymentId: null, at },
    postings: invoiceWrittenOff(amountMinor),
  });
}
