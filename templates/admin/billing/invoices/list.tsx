import type { VNode } from 'preact';
import type { Money as MoneyValue } from '../../../../db/domain/money.ts';
import type { PageContext } from '../../../page-context.ts';
import { Shell } from '../../../layout/shell.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../../ui/empty-state.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { Money } from '../../../ui/money.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Pager } from '../../../ui/pager.tsx';
import { paths } from '../../../paths.ts';
import type { Query } from '../../../paths.ts';
import type { StateOf } from '../../../ui/status.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Day } from '../../../ui/time.tsx';
import { invoicesCopy as copy } from './copy.ts';
import { ExportButton } from '../../../ui/list-head.tsx';

export interface AdminInvoiceRow {
  id: string;
  number: string;
  tenant: { id: string; name: string };
  status: StateOf<'invoice'>;
  total: MoneyValue;
  /** When it was made, as long as it is a draft. */
  issuedAt: string;
  dueAt: string | null;
  paidAt: string | null;
}

export interface InvoicesPageProps {
  frame: PageContext;
  rows: readonly AdminInvoiceRow[];
  /** q (number or tenant), status, sort, cursor. */
  query: Query;
  nextCursor: string | null;
}

export const invoiceColumns: readonly Column<AdminInvoiceRow>[] = [
  {
    title: copy.number,
    render: (row) => <a href={paths.adminInvoice(row.id)}>{row.number || copy.draft}</a>,
  },
  { title: 'Tenant', render: (row) => <a href={paths.tenant(row.tenant.id)}>{row.tenant.name}</a> },
  { title: 'State', render: (row) => <StatusBadge kind="invoice" state={row.status} /> },
  {
    title: 'Issued',
    right: true,
    phone: 'label',
    render: (row) => <Day at={row.issuedAt} />,
  },
  {
    title: 'Paid',
    right: true,
    phone: 'label',
    render: (row) => (row.paidAt ? <Day at={row.paidAt} /> : '–'),
  },
  { title: 'Total', right: true, render: (row) => <Money value={row.total} /> },
];

/** GET /admin/invoices */
export function InvoicesPage(props: InvoicesPageProps): VNode {
  const { frame, query, rows } = props;
  const path = paths.adminInvoices;
  return (
    <Shell frame={frame} title="Invoices" wide>
      <PageHeader
        title="Invoices"
        purpose={copy.purpose}
        action={<ExportButton path={paths.adminInvoicesCsv} query={query} />}
      />
      <FilterBar
        path={path}
        query={query}
        search="Search by number or tenant"
        filters={[
          {
            name: 'status',
            label: 'State',
            options: Object.entries(copy.states).map(([value, label]) => ({ value, label })),
          },
        ]}
      />
      {rows.length > 0 ? (
        <DataTable caption="Invoices" columns={invoiceColumns} rows={rows} />
      ) : query['q'] || query['status'] ? (
        <NoMatch clearHref={path} what="invoices" />
      ) : (
        <EmptyState icon="file-invoice" {...copy.empty} />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
