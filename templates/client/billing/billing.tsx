import type { VNode } from 'preact';
import { cardTitle } from '../../../db/domain/billing/cards.ts';
import type { PaymentMethod } from '../../../db/domain/billing/cards.ts';
import type { Money as MoneyValue } from '../../../db/domain/money.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PostButton } from '../../ui/form.tsx';
import { countText, dayText } from '../../ui/format.ts';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { ExportButton } from '../../ui/list-head.tsx';
import { useLocale } from '../../ui/locale.tsx';
import { Count, Money } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, type Query } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Day } from '../../ui/time.tsx';
import { billingCopy, billingDetailsCopy, cardCopy, changeCopy } from './copy.ts';
import { OverdueCard, type OverdueProps } from './overdue.tsx';

export interface ClientInvoiceRow {
  id: string;
  number: string;
  status: StateOf<'invoice'>;
  total: MoneyValue;
  issuedAt: string;
}

export interface ShownSubscription {
  planTitle: string;
  status: StateOf<'subscription'>;
  price: MoneyValue;
  interval: 'month' | 'year';
  seats: number;
  /** Set while the trial runs. */
  trialEndsAt: string | null;
  /** End of the paid period: the next charge. */
  periodEnd: string;
  /** The end it is cancelled for. */
  endsAt: string | null;
  /** What changes at the end of the period: the plan, or only its price. */
  pending: { kind: 'plan'; title: string } | { kind: 'price' } | null;
  /** What waits can be taken back. */
  canKeep: boolean;
  mayManage: boolean;
  card: Pick<PaymentMethod, 'brand' | 'last4' | 'expMonth' | 'expYear'> | null;
}

export interface BillingPageProps {
  frame: PageContext;
  /** Invoices whose payment failed, the oldest first. */
  overdue: readonly OverdueProps[];
  /** Null until a plan is chosen. */
  subscription: ShownSubscription | null;
  /** Idempotency key of *Keep my plan*. */
  requestKey: string;
  invoices: readonly ClientInvoiceRow[];
  nextCursor: string | null;
  /** Of all invoices. */
  total?: number;
  /** sort (issued), cursor. */
  query: Query;
}

/** What happens at the end of the period, and how to stay. */
function WhatWaits({
  subscription,
  frame,
  requestKey,
}: { subscription: ShownSubscription } & Pick<BillingPageProps, 'frame' | 'requestKey'>): VNode | null {
  const { endsAt, pending, periodEnd, canKeep } = subscription;
  const locale = useLocale();
  if (!endsAt && !pending) return null;
  const day = dayText(endsAt ?? periodEnd, locale);
  const sentence = endsAt
    ? changeCopy.ends(day)
    : pending?.kind === 'plan'
      ? changeCopy.changes(pending.title, day)
      : changeCopy.newPrice(day);
  return (
    <Notice tone={endsAt ? 'attention' : 'scheduled'} icon="info-circle">
      {sentence}{' '}
      {canKeep ? (
        <PostButton frame={frame} action={paths.keepPlan} hidden={{ requestKey }}>
          <SubmitButton small>{changeCopy.keep}</SubmitButton>
        </PostButton>
      ) : null}
    </Notice>
  );
}

function PlanCard(props: { subscription: ShownSubscription }): VNode {
  const { subscription } = props;
  const { endsAt, trialEndsAt, periodEnd, seats, mayManage } = subscription;
  const when = endsAt
    ? { label: 'Ends', value: <Day at={endsAt} /> }
    : {
        label: trialEndsAt ? 'First charge' : 'Next charge',
        value: <Day at={trialEndsAt ?? periodEnd} />,
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
          { label: 'Seats', value: <Count value={seats} /> },
          when,
        ]}
      />
      {mayManage && !endsAt ? (
        <div class="bz-actions">
          <LinkButton href={paths.changePlan}>{changeCopy.title}</LinkButton>
          <LinkButton look="quiet" href={paths.cancelPlan}>
            {changeCopy.cancel}
          </LinkButton>
        </div>
      ) : null}
    </Card>
  );
}

function CardCard({ subscription: { card, mayManage } }: { subscription: ShownSubscription }): VNode {
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
      {mayManage ? (
        <div class="bz-actions">
          <LinkButton href={paths.changeCard}>{cardCopy.title}</LinkButton>
        </div>
      ) : null}
    </Card>
  );
}

/** GET /app/billing */
export function BillingPage(props: BillingPageProps): VNode {
  const path = paths.billing;
  return (
    <Shell frame={props.frame} title="Billing">
      <PageHeader
        title="Billing"
        purpose={billingCopy.purpose}
        action={<LinkButton href={paths.billingDetails}>{billingDetailsCopy.title}</LinkButton>}
      />
      {props.overdue.map((one) => (
        <OverdueCard frame={props.frame} one={one} />
      ))}
      {props.subscription ? (
        <>
          <WhatWaits {...props} subscription={props.subscription} />
          <div class="bz-grid">
            <PlanCard subscription={props.subscription} />
            <CardCard subscription={props.subscription} />
          </div>
        </>
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
