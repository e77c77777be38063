import type { VNode } from 'preact';
import { paths } from '../../../paths.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Pager } from '../../../ui/pager.tsx';
import { type AdminInvoiceRow, invoiceColumns } from './list.tsx';

/** The invoices of one tenant, a page of them. */
export function TenantInvoices(props: {
  tenantId: string;
  invoices: readonly AdminInvoiceRow[];
  nextCursor: string | null;
  cursor?: string | undefined;
}): VNode {
  if (props.invoices.length === 0) {
    const text = 'The first is issued when the trial ends.';
    return <EmptyState icon="file-invoice" title="No invoices yet" text={text} />;
  }
  return (
    <>
      <DataTable
        caption="Invoices"
        rows={props.invoices}
        columns={invoiceColumns.filter((column) => column.title !== 'Tenant')}
      />
      <Pager
        path={paths.tenant(props.tenantId)}
        query={{ tab: 'invoices', cursor: props.cursor }}
        nextCursor={props.nextCursor}
      />
    </>
  );
}
