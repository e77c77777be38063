import type { Invoice } from '../../../../db/domain/billing/invoices.ts';
import type { AdminInvoiceRow } from '../../../../templates/admin/billing/invoices/list.tsx';
import { isoOf } from '../../shared/query.ts';

/** An invoice as a row of a list. */
export const adminInvoiceRow = (invoice: Invoice, tenant: AdminInvoiceRow['tenant']): AdminInvoiceRow => ({
  ...{ id: invoice.id, number: invoice.number ?? '', tenant, status: invoice.status },
  total: { amountMinor: invoice.totalMinor, currency: invoice.currency },
  issuedAt: (invoice.issuedAt ?? invoice.createdAt).toISOString(),
  ...{ dueAt: isoOf(invoice.dueAt), paidAt: isoOf(invoice.paidAt) },
});
