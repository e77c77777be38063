import { idOf, pick, rows, tenantAt } from './rows.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days } from '../sample.ts';
import { InvoicesPage } from '../../../templates/admin/billing/invoices.tsx';
import type { AdminInvoiceRow } from '../../../templates/admin/billing/invoices.tsx';
import { renderPage } from '../../../templates/layout/render.ts';

export const invoiceRows = (count: number): AdminInvoiceRow[] =>
  rows(count, (index) => ({
    id: idOf('inv', index),
    number: `2026-${String(900 - index).padStart(5, '0')}`,
    tenant: tenantAt(index),
    status: pick(['open', 'paid', 'paid', 'void'] as const, index),
    total: { amountMinor: pick([1900, 4900, 129_000], index), currency: pick(['EUR', 'USD'], index) },
    issuedAt: ago(index * days),
    paidAt: index % 4 === 1 || index % 4 === 2 ? ago(index * days) : null,
  }));

export const samples: readonly PageSample[] = [
  {
    name: 'invoices',
    html: () =>
      renderPage(
        <InvoicesPage
          frame={adminFrame('/admin/invoices')}
          rows={invoiceRows(50)}
          query={{}}
          nextCursor="c2"
        />,
      ),
  },
];
