import type { VNode } from 'preact';
import { cardTitle } from '../../../db/domain/billing/cards.ts';
import type { PaymentMethod } from '../../../db/domain/billing/cards.ts';
import type { Money as MoneyValue } from '../../../db/domain/money.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { countText } from '../../ui/format.ts';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { ExportButton } from '../../ui/list-head.tsx';
import { Money } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, type Query } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Day } from '../../ui/time.tsx';
import { billingCopy } from './copy.ts';
import { OverdueCard, type OverdueProps } from './overdue.tsx';

export interface ClientInvoiceRow {
  id: string;
  number: string;
  status: StateOf<'invoice'>;
  total: MoneyValue;
  issuedAt: string;
}

export interface BillingPageProps {
  frame: PageContext;
  /** Invoices whose payment failed, the oldest first. */
  overdue: readonly OverdueProps[];
  /** Null until a plan is chosen. */
  subscription: {
    planTitle: string;
    status: StateOf<'subscription'>;
    price: MoneyValue;
    interval: 'month' | 'year';
    /** Set while the trial runs. */
    trialEndsAt: string | null;
    /** End of the paid period: next charge, or the end when cancelled. */
    periodEnd: string;
  } | null;
  card: Pick<PaymentMethod, 'brand' | 'last4' | 'expMonth' | 'expYear'> | null;
  invoices: readonly ClientInvoiceRow[];
  nextCursor: string | null;
  /** Of all invoices. */
  total?: number;
  /** sort (issued), cursor. */
  query: Query;
}

function PlanCard(props: { subscription: NonNullable<BillingPageProps['subscription']> }): VNode {
  const { subscription } = props;
  const when =
    subscription.status === 'cancelled'
      ? { label: 'Ends', value: <Day at={subscription.periodEnd} /> }
      : {
          label: subscription.trialEndsAt ? 'First charge' : 'Next charge',
          value: <Day at={subscription.trialEndsAt ?? subscription.periodEnd} />,
        };
  return (
    <Card title="Plan">
      <KeyFacts
        rows
        facts={[
          { label: 'Plan', value: subscription.planTitle },
          { label: 'State', value: <StatusBadge kind="subscription" state={subscription.status} /> },
          {
            label: 'Price',
            value: (
              <>
                <Money value={subscription.price} /> a {subscription.interval}
              </>
            ),
          },
          when,
        ]}
      />
    </Card>
  );
}

function CardCard(props: { card: BillingPageProps['card'] }): VNode {
  const { card } = props;
  return (
    <Card title="Card">
      {card ? (
        <KeyFacts
          rows
          facts={[
            { label: 'Card', value: cardTitle(card) },
            { label: 'Valid until', value: `${String(card.expMonth).padStart(2, '0')}/${card.expYear}` },
          ]}
        />
      ) : (
        <p class="bz-muted">{billingCopy.noCard}</p>
      )}
    </Card>
  );
}

/** GET /app/billing */
export function BillingPage(props: BillingPageProps): VNode {
  const path = paths.billing;
  return (
    <Shell frame={props.frame} title="Billing">
      <PageHeader title="Billing" purpose={billingCopy.purpose} />
      {props.overdue.map((one) => (
        <OverdueCard frame={props.frame} one={one} />
      ))}
      {props.subscription ? (
        <div class="bz-grid">
          <PlanCard subscription={props.subscription} />
          <CardCard card={props.card} />
        </div>
      ) : (
        <Card>
          <EmptyState
            icon="credit-card"
            {...billingCopy.noPlan}
            action={
              <LinkButton href={paths.setupStep('plan')} look="primary">
                Choose a plan
              </LinkButton>
            }
          />
        </Card>
      )}
      <Card
        title="Invoices"
        note={props.total ? countText(props.total, 'invoice', 'invoices') : undefined}
        flush
        action={props.invoices.length > 0 ? <ExportButton path={paths.invoicesCsv} small /> : undefined}
      >
        {props.invoices.length > 0 ? (
          <DataTable
            caption="Invoices"
            rows={props.invoices}
            rowHref={(row) => paths.invoice(row.id)}
            path={path}
            query={props.query}
            order="-issued"
            columns={[
              { title: 'Number', render: (row) => row.number },
              { title: 'State', render: (row) => <StatusBadge kind="invoice" state={row.status} /> },
              { title: 'Issued', sort: 'issued', right: true, render: (row) => <Day at={row.issuedAt} /> },
              { title: 'Total', right: true, render: (row) => <Money value={row.total} /> },
              {
                title: 'File',
                right: true,
                render: (row) => (
                  <a href={paths.invoicePdf(row.id)} aria-label={billingCopy.pdfLabel(row.number)}>
                    PDF
                  </a>
                ),
              },
            ]}
          />
        ) : (
          <EmptyState icon="file-invoice" {...billingCopy.noInvoices} />
        )}
      </Card>
      <Pager path={path} query={props.query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
