import { idOf, pick, rows, tenantAt } from './rows.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days } from '../sample.ts';
import { InvoicesPage } from '../../../templates/admin/billing/invoices/list.tsx';
import type { AdminInvoiceRow } from '../../../templates/admin/billing/invoices/list.tsx';
import {
  AdminInvoicePage,
  type AdminInvoiceProps,
} from '../../../templates/admin/billing/invoices/invoice.tsx';
import { TaxesPage } from '../../../templates/admin/billing/taxes/taxes.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import { countryOptions } from '../../../templates/shared/places.ts';

export const invoiceRows = (count: number): AdminInvoiceRow[] =>
  rows(count, (index) => ({
    id: idOf('inv', index),
    number: `2026-${String(900 - index).padStart(5, '0')}`,
    tenant: tenantAt(index),
    status: pick(['open', 'paid', 'paid', 'void'] as const, index),
    total: { amountMinor: pick([1900, 4900, 129_000], index), currency: pick(['EUR', 'USD'], index) },
    issuedAt: ago(index * days),
    dueAt: ago(index * days),
    paidAt: index % 4 === 1 || index % 4 === 2 ? ago(index * days) : null,
  }));

const invoiceProps: AdminInvoiceProps = {
  frame: adminFrame('/admin/invoices/inv_1'),
  invoice: {
    ...{ id: 'inv_1', number: 'BIZ-2026-000042', status: 'open', tenant: tenantAt(1) },
    billedTo: 'Rivera & Filhos Lda, Rua Nova 1, Lisboa, PT, PT123456789',
    ...{
      issuedAt: ago(9 * days),
      dueAt: ago(2 * days),
      periodStart: ago(9 * days),
      periodEnd: ago(-21 * days),
    },
    taxText: '23 % of PT',
    lines: [
      { description: 'Growth, one month', amountMinor: 14_900 },
      { description: '3 seats, one month', amountMinor: 4_500 },
    ],
    ...{ subtotalMinor: 19_400, taxMinor: 4_462, totalMinor: 23_862, leftMinor: 11_931, currency: 'EUR' },
  },
  payments: [
    {
      ...{
        id: 'pay_1',
        at: ago(8 * days),
        how: 'sandbox',
        status: 'failed',
        amountMinor: 23_862,
        refundedMinor: 0,
      },
      why: 'There wasn’t enough money on the card.',
    },
    {
      ...{
        id: 'pay_2',
        at: ago(7 * days),
        how: 'Outside the platform',
        status: 'succeeded',
        amountMinor: 11_931,
      },
      ...{ refundedMinor: 0, why: null },
    },
  ],
  notes: [
    {
      id: 'crn_1',
      number: 'CN-2026-000007',
      reason: 'Price agreed on the phone',
      amountMinor: 100,
      refundMinor: 0,
    },
  ],
  entries: [
    { id: 'led_1', at: ago(9 * days), account: 'receivable', amountMinor: 23_862 },
    { id: 'led_2', at: ago(9 * days), account: 'revenue', amountMinor: -19_400 },
    { id: 'led_3', at: ago(9 * days), account: 'tax', amountMinor: -4_462 },
  ],
  acts: ['settle', 'credit', 'void', 'writeOff'],
  requestKey: 'key-12345678',
};

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
  { name: 'admin invoice', html: () => renderPage(<AdminInvoicePage {...invoiceProps} />) },
  {
    name: 'admin invoice draft',
    html: () =>
      renderPage(
        <AdminInvoicePage
          {...invoiceProps}
          invoice={{
            ...invoiceProps.invoice,
            number: 'Draft',
            status: 'draft',
            issuedAt: null,
            dueAt: null,
            taxMinor: 0,
          }}
          {...{ payments: [], notes: [], entries: [], acts: [] }}
        />,
      ),
  },
  {
    name: 'taxes',
    html: () =>
      renderPage(
        <TaxesPage
          frame={adminFrame('/admin/taxes')}
          seller={{ country: 'PT', inclusive: true }}
          countries={countryOptions()}
          rates={[{ country: 'PT', name: 'Portugal', bps: 2_300 }]}
        />,
      ),
  },
];
