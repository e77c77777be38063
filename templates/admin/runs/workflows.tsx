import type { VNode } from 'preact';
import { runStates } from '../../../db/domain/progress.ts';
import type { RunState } from '../../../db/domain/progress.ts';
import type { PageContext } from '../../page-context.ts';
import { Localised } from '../../ui/locale.tsx';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { durationText } from '../../ui/format.ts';
import type { Option } from '../../ui/inputs.tsx';
import { pollEvery } from '../../ui/live.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, withQuery } from '../../paths.ts';
import type { Query } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { statusOf } from '../../ui/status.ts';
import { TenantLink, type TenantRef } from '../../ui/tenant-link.tsx';
import { Time } from '../../ui/time.tsx';

export interface RunRow {
  id: string;
  processTitle: string;
  /** The server it is about; null where it is about none. */
  about: string | null;
  tenant: TenantRef | null;
  /** Current step; null once ended. */
  stepTitle: string | null;
  state: RunState;
  startedAt: string;
  durationMs: number;
  /** Attempts of the current step, 0 while that only waits; once ended the most that any step took. */
  attempts: number;
}

export interface WorkflowsPageProps {
  frame: PageContext;
  rows: readonly RunRow[];
  /** q, process, state, tenant, sort (started), cursor. */
  query: Query;
  processes: readonly Option[];
  /** Name of the tenant the list is limited to, for its chip. */
  tenantName?: string;
  nextCursor: string | null;
  /** Whether the viewer may start processes by hand. */
  mayTrigger: boolean;
}

const columns: readonly Column<RunRow>[] = [
  {
    title: 'Process',
    render: (row) => (row.about ? `${row.processTitle}: ${row.about}` : row.processTitle),
  },
  {
    title: 'Tenant',
    render: (row) => <TenantLink tenant={row.tenant} />,
  },
  { title: 'Step', render: (row) => row.stepTitle ?? <span class="bz-muted">Ended</span> },
  { title: 'State', render: (row) => <StatusBadge kind="run" state={row.state} /> },
  { title: 'Started', sort: 'started', right: true, render: (row) => <Time at={row.startedAt} /> },
  {
    title: 'Duration',
    right: true,
    phone: 'label',
    render: (row) => durationText(row.durationMs),
  },
  { title: 'Attempts', right: true, phone: 'label', render: (row) => row.attempts || '–' },
];

const path = '/admin/workflows';

/** The list alone: asks for itself every 5 s while it shows the newest page. */
export function RunsList(props: WorkflowsPageProps): VNode {
  const { query, rows } = props;
  const filtered = Boolean(query['q'] ?? query['process'] ?? query['state'] ?? query['tenant']);
  const polling = query['cursor'] ? {} : pollEvery('5s', withQuery(path, query), 'runs');
  return (
    <Localised frame={props.frame}>
      <div id="runs" {...polling}>
        {rows.length > 0 ? (
          <DataTable
            caption="Runs"
            columns={columns}
            rows={rows}
            rowHref={(row) => paths.run(row.id)}
            path={path}
            query={query}
          />
        ) : filtered ? (
          <NoMatch clearHref={path} what="runs" />
        ) : (
          <EmptyState
            icon="route"
            title="No runs yet"
            text="A run appears as soon as a business signs up or a process is started."
          />
        )}
        <Pager path={path} query={query} nextCursor={props.nextCursor} />
      </div>
    </Localised>
  );
}

/** GET /admin/workflows */
export function WorkflowsPage(props: WorkflowsPageProps): VNode {
  const { frame, query } = props;
  const tenant = query['tenant'];
  return (
    <Shell frame={frame} title="Workflows" wide>
      <PageHeader
        title="Workflows"
        purpose="Every run, its current step and what it’s waiting for."
        action={
          props.mayTrigger ? (
            <LinkButton href="/admin/processes" look="primary" icon="player-play">
              Start a process
            </LinkButton>
          ) : undefined
        }
      />
      <FilterBar
        path={path}
        query={query}
        search="Search by tenant or run id"
        filters={[
          { name: 'process', label: 'Process', options: props.processes },
          {
            name: 'state',
            label: 'State',
            options: runStates.map((state) => ({ value: state, label: statusOf('run', state).word })),
          },
          ...(tenant
            ? [
                {
                  name: 'tenant',
                  label: 'Tenant',
                  options: [{ value: tenant, label: props.tenantName ?? tenant }],
                },
              ]
            : []),
        ]}
      />
      <RunsList {...props} />
    </Shell>
  );
}
