import type { VNode } from 'preact';
import type { Money as MoneyValue } from '../../../db/domain/money.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Money } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';
import type { StateOf } from '../../ui/status.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Day } from '../../ui/time.tsx';

export interface InvoicePageProps {
  frame: PageContext;
  invoice: {
    id: string;
    number: string;
    status: StateOf<'invoice'>;
    billedTo: string;
    issuedAt: string;
    paidAt: string | null;
    periodStart: string;
    periodEnd: string;
    lines: readonly { description: string; amount: MoneyValue }[];
    total: MoneyValue;
  };
}

/** GET /app/billing/invoices/:id */
export function InvoicePage(props: InvoicePageProps): VNode {
  const { invoice } = props;
  return (
    <Shell frame={props.frame} title={`Invoice ${invoice.number}`}>
      <PageHeader
        crumbs={[{ title: 'Billing', href: paths.billing }]}
        title={`Invoice ${invoice.number}`}
        mark={<StatusBadge kind="invoice" state={invoice.status} />}
        action={
          <LinkButton href={paths.invoicePdf(invoice.id)} look="primary" icon="download">
            Download PDF
          </LinkButton>
        }
      />
      <Card>
        <KeyFacts
          facts={[
            { label: 'Billed to', value: invoice.billedTo },
            { label: 'Issued', value: <Day at={invoice.issuedAt} /> },
            {
              label: 'Period',
              value: (
                <>
                  <Day at={invoice.periodStart} /> to <Day at={invoice.periodEnd} />
                </>
              ),
            },
            { label: 'Paid', value: invoice.paidAt ? <Day at={invoice.paidAt} /> : 'Not yet' },
          ]}
        />
      </Card>
      <DataTable
        caption="Invoice lines"
        rows={[...invoice.lines, { description: 'Total', amount: invoice.total, total: true }]}
        columns={[
          {
            title: 'Description',
            render: (line) => ('total' in line ? <strong>{line.description}</strong> : line.description),
          },
          {
            title: 'Amount',
            right: true,
            render: (line) =>
              'total' in line ? (
                <strong>
                  <Money value={line.amount} />
                </strong>
              ) : (
                <Money value={line.amount} />
              ),
          },
        ]}
      />
    </Shell>
  );
}
