import type { VNode } from 'preact';
import { type Subscription, subscriptionStatuses } from '../../../../db/domain/billing/subscriptions.ts';
import type { Money as MoneyValue } from '../../../../db/domain/money.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths, type Query, withQuery } from '../../../paths.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../../ui/empty-state.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import type { Option } from '../../../ui/inputs.tsx';
import { ExportButton, ListCount } from '../../../ui/list-head.tsx';
import { Count, Money } from '../../../ui/money.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Pager } from '../../../ui/pager.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { Day } from '../../../ui/time.tsx';
import { subscriptionsCopy as copy } from './copy.ts';

export interface SubscriptionRow {
  id: string;
  tenant: { id: string; name: string };
  planTitle: string;
  planVersion: number;
  status: Subscription['status'];
  price: MoneyValue;
  interval: 'month' | 'year';
  seats: number;
  next: { kind: 'ends' | 'ended' | 'trialEnds' | 'renews'; at: string };
  /** The plan that follows at the end of the period. */
  pendingTitle: string | null;
  startedAt: string;
  runHref: string | null;
}

export interface SubscriptionsPageProps {
  frame: PageContext;
  rows: readonly SubscriptionRow[];
  /** q, state, plan, version, sort (started, amount, period), cursor. */
  query: Query;
  counts: ReadonlyMap<Subscription['status'], number>;
  plans: readonly Option[];
  nextCursor: string | null;
  total?: number;
}

const columns: readonly Column<SubscriptionRow>[] = [
  { title: copy.tenant, render: ({ tenant }) => <a href={paths.tenant(tenant.id)}>{tenant.name}</a> },
  {
    title: copy.plan,
    render: ({ planTitle, planVersion }) => (
      <>
        {planTitle} <span class="bz-muted">{copy.version(planVersion)}</span>
      </>
    ),
  },
  { title: copy.state, render: (row) => <StatusBadge kind="subscription" state={row.status} /> },
  {
    title: copy.next,
    sort: 'period',
    phone: 'label',
    render: ({ next, pendingTitle }) => (
      <>
        {copy[next.kind]} <Day at={next.at} />
        {pendingTitle ? <div class="bz-muted">{copy.changes(pendingTitle)}</div> : null}
      </>
    ),
  },
  {
    title: copy.seats,
    right: true,
    phone: 'label',
    minor: true,
    render: ({ seats }) => <Count value={seats} />,
  },
  {
    title: copy.price,
    sort: 'amount',
    right: true,
    phone: 'label',
    render: ({ price, interval }) => (
      <>
        <Money value={price} /> <span class="bz-muted">{copy.each(interval)}</span>
      </>
    ),
  },
  {
    title: copy.started,
    sort: 'started',
    right: true,
    phone: 'label',
    minor: true,
    render: (row) => <Day at={row.startedAt} />,
  },
  {
    title: copy.run,
    right: true,
    render: ({ runHref, tenant }) =>
      runHref ? (
        <a href={runHref} aria-label={`${copy.openRun}: ${tenant.name}`}>
          {copy.openRun}
        </a>
      ) : null,
  },
];

function States({ query, counts }: Pick<SubscriptionsPageProps, 'query' | 'counts'>): VNode {
  const href = (state: string | undefined) =>
    withQuery(paths.adminSubscriptions, query, { state, cursor: undefined });
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return (
    <Tabs
      label={copy.counts}
      current={query['state'] ?? ''}
      tabs={[
        { key: '', title: copy.all, href: href(undefined), count: all },
        ...subscriptionStatuses.map((state) => ({
          ...{ key: state, title: copy.states[state], href: href(state), count: counts.get(state) ?? 0 },
        })),
      ]}
    />
  );
}

/** GET /admin/subscriptions */
export function SubscriptionsPage(props: SubscriptionsPageProps): VNode {
  const { frame, rows, query, plans } = props;
  const path = paths.adminSubscriptions;
  const isFiltered = ['q', 'state', 'plan', 'version'].some((name) => query[name]);
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader
        title={copy.title}
        mark={<ListCount total={props.total} />}
        purpose={copy.purpose}
        action={<ExportButton path={paths.adminSubscriptionsCsv} query={query} />}
      />
      <States {...props} />
      <FilterBar
        {...{ path, query }}
        search={copy.search}
        filters={[{ name: 'plan', label: copy.plan, options: plans }]}
      />
      {rows.length > 0 ? (
        <DataTable caption={copy.title} {...{ columns, rows, path, query }} order="-started" />
      ) : isFiltered ? (
        <NoMatch clearHref={path} what={copy.none} />
      ) : (
        <EmptyState icon="receipt" {...copy.empty} />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
