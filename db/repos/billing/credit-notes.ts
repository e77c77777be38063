import type { CreditNote } from '../../domain/billing/credit-notes.ts';
import { dueMinor, type Invoice } from '../../domain/billing/invoices.ts';
import { creditKept, invoiceReversed } from '../../domain/billing/ledger.ts';
import { shareOf } from '../../domain/billing/rates.ts';
import { AppError } from '../../domain/errors.ts';
import type { Tx } from '../../scope.ts';
import { all, first, one, snake } from '../shared/rows.ts';
import { lockInvoice, nextNumber } from './invoices.ts';
import { post } from './ledger.ts';

interface NewCredit {
  id: string;
  tenantId: string;
  invoiceId: string;
  /** All that is left of the invoice without one. */
  amountMinor?: number | undefined;
  refund: boolean;
  reason: string;
  by: string;
  at: Date;
}

/** What was paid beyond what the invoice still asks for. */
const overpaid = ({ totalMinor, paidMinor, creditedMinor }: Invoice): number =>
  Math.max(0, paidMinor + creditedMinor - totalMinor);

/**
 * Takes an amount off an issued invoice; the same id again answers with the first. What was paid beyond the rest goes back to the
 * card, or is kept as credit. Throws `invoice.not-open` for a draft or void one, `invoice.amount-too-large`.
 */
export async function credit(
  tx: Tx,
  { id, tenantId, invoiceId, refund, reason, by, at, ...asked }: NewCredit,
): Promise<CreditNote> {
  const held = await lockInvoice(tx, tenantId, invoiceId);
  const known = await find(tx, tenantId, id);
  if (known) return known;
  if (held.status === 'draft' || held.status === 'void') throw new AppError('invoice.not-open');
  const left = held.totalMinor - held.creditedMinor;
  const amountMinor = asked.amountMinor ?? left;
  if (amountMinor > left || amountMinor <= 0)
    throw new AppError('invoice.amount-too-large', {
      fields: { amountMinor: 'That’s more than is left of this invoice.' },
    });
  const taxMinor = shareOf(held.taxMinor, amountMinor, held.totalMinor);
  const after = { ...held, creditedMinor: held.creditedMinor + amountMinor };
  const backMinor = overpaid(after) - overpaid(held);
  const number = await nextNumber(tx, `CN-${at.getUTCFullYear()}`);
  const note = await one<CreditNote>(
    tx
      .sql('credit_notes')
      .insert(
        snake({
          ...{ id, tenantId, invoiceId, number, amountMinor, taxMinor, reason, createdAt: at },
          ...{ currency: held.currency, refundMinor: refund ? backMinor : 0, createdBy: by },
        }),
      )
      .returning('*'),
  );
  const settled = held.status === 'open' && dueMinor(after) === 0;
  await tx
    .sql('invoices')
    .where({ tenant_id: tenantId, id: invoiceId })
    .update(snake({ creditedMinor: after.creditedMinor, ...(settled && { status: 'paid', paidAt: at }) }));
  const facts = { tenantId, currency: held.currency, invoiceId, paymentId: null, at };
  const sums = { totalMinor: amountMinor, taxMinor, subtotalMinor: amountMinor - taxMinor };
  await post(tx, { ...facts, transactionId: `credit/${id}`, postings: invoiceReversed(sums) });
  if (!refund) await post(tx, { ...facts, transactionId: `keep/${id}`, postings: creditKept(backMinor) });
  tx.record({
    action: 'invoice.credited',
    targets: [{ type: 'invoice', id: invoiceId }],
    data: { number, amountMinor, refundMinor: note.refundMinor },
  });
  return note;
}

const find = (tx: Tx, tenantId: string, id: string): Promise<CreditNote | null> =>
  first<CreditNote>(tx.sql('credit_notes').where({ tenant_id: tenantId, id }));

/** The money went back to the card. */
export async function markCreditRefunded(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .sql('credit_notes')
    .where({ tenant_id: tenantId, id })
    .whereNull('refunded_at')
    .update({ refunded_at: at });
}

export async function listCreditNotes(tx: Tx, tenantId: string, invoiceId: string): Promise<CreditNote[]> {
  return all<CreditNote>(
    tx.sql('credit_notes').where({ tenant_id: tenantId, invoice_id: invoiceId }).orderBy('created_at'),
  );
}
