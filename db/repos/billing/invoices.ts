import type { Page, Paging } from '../../domain/common.ts';
import { dueMinor, type Invoice, type InvoiceLine } from '../../domain/billing/invoices.ts';
import { invoiceIssued, invoiceReversed, writtenOff } from '../../domain/billing/ledger.ts';
import { shareOf } from '../../domain/billing/rates.ts';
import { withTax } from '../../domain/billing/tax/tax.ts';
import { AppError } from '../../domain/errors.ts';
import type { Tx } from '../../scope.ts';
import { keysetPage } from '../shared/paging.ts';
import { all, first, one, snake } from '../shared/rows.ts';
import { returnCredit, spendCredit } from './credit.ts';
import { post } from './ledger.ts';

/** Holds the counter of a series such as "BIZ-2026" until the transaction ends; the last number given out. */
async function lockCounter(tx: Tx, series: string): Promise<number> {
  await tx.sql('invoice_counters').insert({ series, last_number: 0 }).onConflict('series').ignore();
  const { lastNumber } = await one<{ lastNumber: number }>(
    tx.sql('invoice_counters').where({ series }).forUpdate().select('last_number'),
  );
  return lastNumber;
}

/** The next number of a series, without gaps: it is given back when the transaction fails. */
export async function nextNumber(tx: Tx, series: string): Promise<string> {
  const next = (await lockCounter(tx, series)) + 1;
  await tx.sql('invoice_counters').where({ series }).update({ last_number: next });
  return `${series}-${String(next).padStart(6, '0')}`;
}

export type NewInvoice = Pick<
  Invoice,
  | 'id'
  | 'tenantId'
  | 'subscriptionId'
  | 'kind'
  | 'billedTo'
  | 'currency'
  | 'tax'
  | 'periodStart'
  | 'periodEnd'
> & { lines: readonly InvoiceLine[]; createdAt: Date };

/** Writes a draft with its lines; the same id again changes nothing. */
export async function insertDraft(tx: Tx, { lines, ...draft }: NewInvoice): Promise<void> {
  const sums = withTax(
    lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    draft.tax,
  );
  const row = { ...draft, ...sums, billedTo: JSON.stringify(draft.billedTo), tax: JSON.stringify(draft.tax) };
  const inserted = await tx
    .sql('invoices')
    .insert(snake({ ...row, status: 'draft' }))
    .onConflict(['tenant_id', 'id'])
    .ignore()
    .returning('id');
  if (inserted.length === 0 || lines.length === 0) return;
  const { tenantId, id: invoiceId } = draft;
  await tx
    .sql('invoice_lines')
    .insert(lines.map((line, index) => snake({ tenantId, invoiceId, position: index + 1, ...line })));
}

/** The invoice, held until the transaction ends. */
export async function lockInvoice(tx: Tx, tenantId: string, id: string): Promise<Invoice> {
  const row = await first<Invoice>(tx.sql('invoices').where({ tenant_id: tenantId, id }).forUpdate());
  if (!row) throw new AppError('invoice.not-found');
  return row;
}

/** Issues a draft with the next number; one that was issued stays as it is. Of nothing to pay it is paid at once. */
export async function finalise(
  tx: Tx,
  tenantId: string,
  id: string,
  at: Date,
  dueAt: Date,
): Promise<Invoice> {
  const draft = await lockInvoice(tx, tenantId, id);
  if (draft.status !== 'draft') return draft;
  const number = await nextNumber(tx, `BIZ-${at.getUTCFullYear()}`);
  const settled = draft.totalMinor <= 0;
  const change = {
    ...{ number, issuedAt: at, dueAt },
    ...(settled ? { status: 'paid' as const, paidAt: at } : { status: 'open' as const }),
  };
  await tx.sql('invoices').where({ tenant_id: tenantId, id }).update(snake(change));
  const { totalMinor, currency } = draft;
  tx.record({
    action: 'invoice.finalised',
    targets: [{ type: 'invoice', id }],
    data: { number, totalMinor, currency },
  });
  await post(tx, {
    ...{ tenantId, transactionId: `issue/${id}`, currency, invoiceId: id, paymentId: null, at },
    postings: invoiceIssued(draft),
  });
  const issued = { ...draft, ...change };
  const usedMinor = await spendCredit(tx, issued, at);
  if (usedMinor === 0) return issued;
  await addPaid(tx, issued, usedMinor, at);
  return lockInvoice(tx, tenantId, id);
}

/** Takes an invoice back: nothing is owed for it, and credit it was paid from is there again. Again, it does nothing. */
export async function voidInvoice(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  const held = await lockInvoice(tx, tenantId, id);
  if (held.status === 'void') return;
  if (held.status === 'draft') throw new AppError('invoice.not-open');
  await tx.sql('invoices').where({ tenant_id: tenantId, id }).update({ status: 'void' });
  tx.record({ action: 'invoice.voided', targets: [{ type: 'invoice', id }] });
  await post(tx, {
    ...{ tenantId, transactionId: `void/${id}`, currency: held.currency, invoiceId: id, paymentId: null, at },
    postings: invoiceReversed(uncredited(held)),
  });
  await returnCredit(tx, held, at);
}

/** What credit notes have left of the sums of an invoice. */
function uncredited({ totalMinor, taxMinor, creditedMinor }: Invoice) {
  const tax = creditedMinor === 0 ? taxMinor : taxMinor - shareOf(taxMinor, creditedMinor, totalMinor);
  const total = totalMinor - creditedMinor;
  return { totalMinor: total, taxMinor: tax, subtotalMinor: total - tax };
}

/** Gives up what is still owed for an open invoice; one that isn't open stays as it is. */
export async function writeOff(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  const held = await lockInvoice(tx, tenantId, id);
  if (held.status !== 'open') return;
  await tx.sql('invoices').where({ tenant_id: tenantId, id }).update({ status: 'uncollectible' });
  tx.record({ action: 'invoice.uncollected', targets: [{ type: 'invoice', id }] });
  await post(tx, {
    ...{
      tenantId,
      transactionId: `write-off/${id}`,
      currency: held.currency,
      invoiceId: id,
      paymentId: null,
      at,
    },
    postings: writtenOff(dueMinor(held)),
  });
}

/** Notes money received for an invoice that the caller holds; true when it is paid now. */
export async function addPaid(tx: Tx, held: Invoice, amountMinor: number, at: Date): Promise<boolean> {
  const { tenantId, id } = held;
  const paidMinor = held.paidMinor + amountMinor;
  const isPaid = held.status !== 'void' && dueMinor({ ...held, paidMinor }) === 0;
  await tx
    .sql('invoices')
    .where({ tenant_id: tenantId, id })
    .update(snake({ paidMinor, ...(isPaid && { status: 'paid', paidAt: at }) }));
  return isPaid && held.status === 'open';
}

export const findInvoice = (tx: Tx, tenantId: string, id: string): Promise<Invoice | null> =>
  first<Invoice>(tx.sql('invoices').where({ tenant_id: tenantId, id }));

export async function getInvoice(tx: Tx, tenantId: string, id: string): Promise<Invoice> {
  const row = await findInvoice(tx, tenantId, id);
  if (!row) throw new AppError('invoice.not-found');
  return row;
}

export async function listLines(tx: Tx, tenantId: string, invoiceId: string): Promise<InvoiceLine[]> {
  return all<InvoiceLine>(
    tx.sql('invoice_lines').where({ tenant_id: tenantId, invoice_id: invoiceId }).orderBy('position'),
  );
}

/** The invoices of a subscription that were issued and not taken back. */
export async function listStanding(tx: Tx, tenantId: string, subscriptionId: string): Promise<Invoice[]> {
  return all<Invoice>(
    tx
      .sql('invoices')
      .where({ tenant_id: tenantId, subscription_id: subscriptionId })
      .whereIn('status', ['open', 'paid', 'uncollectible'])
      .orderBy('created_at'),
  );
}

/** An invoice in a list: with the first of its lines, by which it is told from others. */
export type ListedInvoice = Invoice & { line: InvoiceLine | null };

/** Issued invoices of a tenant, the newest first. */
export async function listInvoices(
  tx: Tx,
  tenantId: string,
  { oldestFirst, ...paging }: Paging & { oldestFirst?: boolean | undefined },
): Promise<Page<ListedInvoice>> {
  const query = tx
    .sql('invoices')
    .where({ tenant_id: tenantId })
    .whereNot({ status: 'draft' })
    .select('*', tx.sql.raw('created_at::text as key_0'), 'id as key_1');
  const page = await keysetPage<Invoice>(query, {
    columns: ['created_at', 'id'],
    types: ['timestamptz', 'text'],
    descending: !oldestFirst,
    ...paging,
  });
  const lines = await all<InvoiceLine & { invoiceId: string }>(
    tx
      .sql('invoice_lines')
      .where({ tenant_id: tenantId, position: 1 })
      .whereIn(
        'invoice_id',
        page.items.map(({ id }) => id),
      ),
  );
  const lineOf = new Map(lines.map((line) => [line.invoiceId, line]));
  return { ...page, items: page.items.map((one) => ({ ...one, line: lineOf.get(one.id) ?? null })) };
}

/** What administrators look for. */
export interface InvoiceFilter extends Paging {
  /** A part of the number or of the name of the tenant. */
  q?: string | undefined;
  status?: Invoice['status'] | undefined;
  tenantId?: string | undefined;
  /** Open, and due before this. */
  dueBefore?: Date | undefined;
}

export type OverviewInvoice = Invoice & { tenantName: string };

/** Invoices of everyone within reach, drafts included, the newest first. */
export async function listAll(
  tx: Tx,
  { q, status, tenantId, dueBefore, ...paging }: InvoiceFilter,
): Promise<Page<OverviewInvoice>> {
  const query = tx
    .sql('invoices as i')
    .join('tenants as t', 't.id', 'i.tenant_id')
    .select('i.*', 't.name as tenant_name', tx.sql.raw('i.created_at::text as key_0'), 'i.id as key_1');
  if (status) void query.where({ 'i.status': status });
  if (tenantId) void query.where({ 'i.tenant_id': tenantId });
  if (dueBefore) void query.where({ 'i.status': 'open' }).where('i.due_at', '<', dueBefore);
  if (q) {
    const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    void query.where((any) => any.whereILike('i.number', like).orWhereILike('t.name', like));
  }
  return keysetPage<OverviewInvoice>(query, {
    columns: ['i.created_at', 'i.id'],
    types: ['timestamptz', 'text'],
    descending: true,
    ...paging,
  });
}

/** An invoice of anyone within reach. */
export async function getAnywhere(tx: Tx, id: string): Promise<OverviewInvoice> {
  const row = await first<OverviewInvoice>(
    tx
      .sql('invoices as i')
      .join('tenants as t', 't.id', 'i.tenant_id')
      .where({ 'i.id': id })
      .select('i.*', 't.name as tenant_name'),
  );
  if (!row) throw new AppError('invoice.not-found');
  return row;
}
