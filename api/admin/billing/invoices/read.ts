import { z } from 'zod';
import { dueMinor, invoiceStatuses } from '../../../../db/domain/billing/invoices.ts';
import * as creditNotes from '../../../../db/repos/billing/credit-notes.ts';
import * as invoices from '../../../../db/repos/billing/invoices.ts';
import { listEntries } from '../../../../db/repos/billing/ledger.ts';
import { listPayments } from '../../../../db/repos/billing/payments.ts';
import { invoicesCopy as copy, rateText } from '../../../../templates/admin/billing/invoices/copy.ts';
import type { AdminInvoiceProps, InvoiceAct } from '../../../../templates/admin/billing/invoices/invoice.tsx';
import { overdueCopy } from '../../../../templates/client/billing/copy.ts';
import { lineText } from '../../../../templates/email/line-texts.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { isoOf, optionalParam, paged, words } from '../../shared/query.ts';

export const invoicesQuery = z.object({
  q: words,
  /** `overdue`: open and past its day. */
  status: optionalParam(z.enum([...invoiceStatuses, 'overdue'])),
  tenant: optionalParam(z.string().max(60)),
  ...paged,
});
export type InvoicesQuery = z.output<typeof invoicesQuery>;

export function readInvoices(
  context: RequestContext,
  { status, tenant, ...query }: InvoicesQuery & { counted?: boolean },
) {
  const overdue = status === 'overdue';
  return context.deps.db.inScope({ ...context.overview(), readOnly: true }, (tx) =>
    invoices.listAll(tx, {
      ...query,
      tenantId: tenant,
      ...(overdue ? { dueBefore: new Date() } : { status }),
    }),
  );
}

/** An invoice with everything that belongs to it. Throws `invoice.not-found`. */
export function readInvoice(context: RequestContext, id: string) {
  return context.deps.db.inScope({ ...context.overview(), readOnly: true }, async (tx) => {
    const invoice = await invoices.getAnywhere(tx, id);
    const { tenantId } = invoice;
    return {
      invoice,
      lines: await invoices.listLines(tx, tenantId, id),
      payments: await listPayments(tx, tenantId, id),
      notes: await creditNotes.listCreditNotes(tx, tenantId, id),
      entries: await listEntries(tx, tenantId, id),
    };
  });
}
type Found = Awaited<ReturnType<typeof readInvoice>>;

/** What can be done with an invoice as it is. */
export function actsOn({ invoice, payments }: Pick<Found, 'invoice' | 'payments'>): InvoiceAct[] {
  const { status, totalMinor, creditedMinor, paidMinor } = invoice;
  const isOpen = status === 'open';
  // A payment whose outcome isn't known may still come in.
  const isQuiet = payments.every((one) => one.status !== 'pending');
  return [
    ...(isOpen ? (['settle'] as const) : []),
    ...((isOpen || status === 'paid') && totalMinor > creditedMinor ? (['credit'] as const) : []),
    ...(isOpen && paidMinor === 0 && isQuiet ? (['void', 'writeOff'] as const) : []),
  ];
}

function taxText({ tax }: Found['invoice']): string {
  if (tax.treatment !== 'standard') return copy.treatments[tax.treatment];
  return copy.treatments.standard(rateText(tax.bps), tax.country);
}

/** What the page shows; `acts` are left to the caller, who knows the reader. */
export function invoiceProps(found: Found): Omit<AdminInvoiceProps, 'frame' | 'acts' | 'requestKey'> {
  const { invoice, lines, payments, notes, entries } = found;
  const { name, address, country, vatNumber } = invoice.billedTo;
  return {
    invoice: {
      ...{ id: invoice.id, number: invoice.number ?? copy.draft, status: invoice.status },
      tenant: { id: invoice.tenantId, name: invoice.tenantName },
      billedTo: [name, address, country, vatNumber].filter(Boolean).join(', '),
      ...{ issuedAt: isoOf(invoice.issuedAt), dueAt: isoOf(invoice.dueAt) },
      periodStart: invoice.periodStart.toISOString(),
      periodEnd: invoice.periodEnd.toISOString(),
      taxText: taxText(invoice),
      lines: lines.map((line) => ({ description: lineText(line, 'en'), amountMinor: line.amountMinor })),
      ...{ subtotalMinor: invoice.subtotalMinor, taxMinor: invoice.taxMinor, totalMinor: invoice.totalMinor },
      ...{ leftMinor: dueMinor(invoice), currency: invoice.currency },
    },
    payments: payments.map(({ id, createdAt, gateway, declineClass, ...rest }) => ({
      ...{ id, at: createdAt.toISOString(), how: gateway === 'outside' ? copy.payments.outside : gateway },
      ...{ status: rest.status, amountMinor: rest.amountMinor, refundedMinor: rest.refundedMinor },
      why: declineClass && overdueCopy.causes[declineClass],
    })),
    notes,
    entries: entries.map(({ id, at, account, amountMinor }) => ({
      ...{ id, at: at.toISOString(), account, amountMinor },
    })),
  };
}
