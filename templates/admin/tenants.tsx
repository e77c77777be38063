import type { VNode } from 'preact';
import type { Money as MoneyValue } from '../../db/domain/money.ts';
import type { OnboardingStep } from '../../db/domain/onboarding-steps.ts';
import { tenantStatuses } from '../../db/domain/tenant.ts';
import type { Frame } from '../layout/frame.ts';
import { Shell } from '../layout/shell.tsx';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../ui/empty-state.tsx';
import { FilterBar } from '../ui/filter-bar.tsx';
import type { Option } from '../ui/inputs.tsx';
import { Count, Money } from '../ui/money.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pager } from '../ui/pager.tsx';
import { paths } from '../ui/paths.ts';
import type { Query } from '../ui/paths.ts';
import { setupTitles } from '../ui/setup-words.ts';
import { StatusBadge } from '../ui/status-badge.tsx';
import { statusOf } from '../ui/status.ts';
import { Time } from '../ui/time.tsx';

export interface TenantRow {
  id: string;
  name: string;
  planTitle: string | null;
  status: (typeof tenantStatuses)[number];
  /** Where the set-up stands; null once live. */
  onboardingStep: OnboardingStep | null;
  /** Monthly recurring revenue; null before a plan was chosen. */
  mrr: MoneyValue | null;
  openProblems: number;
  users: number;
  lastActivityAt: string;
}

export interface TenantsPageProps {
  frame: Frame;
  rows: readonly TenantRow[];
  /** q, status, plan, sort (name, mrr, problems, activity; "-" in front turns it round), cursor. */
  query: Query;
  plans: readonly Option[];
  nextCursor: string | null;
  /** Of the whole list with these filters; left out when it was not counted. */
  total?: number;
}

const columns: readonly Column<TenantRow>[] = [
  { title: 'Name', sort: 'name', render: (row) => row.name },
  { title: 'State', render: (row) => <StatusBadge kind="tenant" state={row.status} /> },
  { title: 'Plan', render: (row) => row.planTitle ?? <span class="bz-muted">None yet</span> },
  {
    title: 'Set-up step',
    minor: true,
    phone: 'label',
    render: (row) =>
      row.onboardingStep ? setupTitles[row.onboardingStep] : <span class="bz-muted">Finished</span>,
  },
  {
    title: 'MRR',
    sort: 'mrr',
    right: true,
    phone: 'label',
    render: (row) => (row.mrr ? <Money value={row.mrr} /> : '–'),
  },
  {
    title: 'Problems',
    sort: 'problems',
    right: true,
    phone: 'label',
    render: (row) => (row.openProblems > 0 ? <strong class="bz-bad">{row.openProblems}</strong> : '0'),
  },
  { title: 'People', right: true, minor: true, phone: 'hide', render: (row) => <Count value={row.users} /> },
  {
    title: 'Last activity',
    sort: 'activity',
    right: true,
    render: (row) => <Time at={row.lastActivityAt} />,
  },
];

/** GET /admin/tenants */
export function TenantsPage(props: TenantsPageProps): VNode {
  const { frame, query, rows } = props;
  const path = '/admin/tenants';
  const filtered = Boolean(query['q'] ?? query['status'] ?? query['plan']);
  return (
    <Shell frame={frame} title="Tenants" wide>
      <PageHeader
        title="Tenants"
        mark={
          props.total === undefined ? undefined : (
            <span class="bz-head-count">
              <Count value={props.total} />
            </span>
          )
        }
        purpose="Every business on the platform, how far its set-up is and what needs somebody."
      />
      <FilterBar
        path={path}
        query={query}
        search="Search by name"
        filters={[
          {
            name: 'status',
            label: 'State',
            options: tenantStatuses.map((status) => ({
              value: status,
              label: statusOf('tenant', status).word,
            })),
          },
          { name: 'plan', label: 'Plan', options: props.plans },
        ]}
      />
      {rows.length > 0 ? (
        <DataTable
          caption="Tenants"
          columns={columns}
          rows={rows}
          rowHref={(row) => paths.tenant(row.id)}
          path={path}
          query={query}
        />
      ) : filtered ? (
        <NoMatch clearHref={path} what="tenants" />
      ) : (
        <EmptyState
          icon="building-store"
          title="No tenants yet"
          text="A business appears here as soon as it signs up."
          action={
            <a class="btn" href="/sign-up">
              Open the sign-up page
            </a>
          }
        />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
