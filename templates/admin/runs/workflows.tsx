import type { VNode } from 'preact';
import { runStates } from '../../../db/domain/progress.ts';
import type { RunState } from '../../../db/domain/progress.ts';
import type { SavedView } from '../../../db/domain/tenants/saved-view.ts';
import type { PageContext } from '../../page-context.ts';
import { type RefusedView, SavedViews } from '../../shared/saved-views.tsx';
import { Localised } from '../../ui/locale.tsx';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { type Filter, FilterBar } from '../../ui/filter-bar.tsx';
import { durationText } from '../../ui/format.ts';
import type { Option } from '../../ui/inputs.tsx';
import { pollEvery } from '../../ui/live.ts';
import { ExportButton, ListCount } from '../../ui/list-head.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, withQuery } from '../../paths.ts';
import type { Query } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { statusOf } from '../../ui/status.ts';
import { TenantLink, type TenantRef } from '../../ui/tenant-link.tsx';
import { Time } from '../../ui/time.tsx';
import { BulkAllButton, BulkSelection } from './bulk/selection.tsx';
import { bulkCopy } from './bulk/copy.ts';
import { causeText } from './analytics-copy.ts';

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
  /**
   * q, process, state, tenant, sort (started), cursor, and what a figure of the analytics counts: endedFrom, endedTo,
   * version, step, cause, retried, late, slowerThanMs.
   */
  query: Query;
  processes: readonly Option[];
  /** Title of the step the list is limited to; empty where it is not. */
  stepTitle: string;
  /** The viewer's saved views. */
  views: readonly SavedView[];
  /** A view whose name was rejected. */
  refused?: RefusedView;
  /** Name of the tenant the list is limited to, for its chip. */
  tenantName?: string;
  nextCursor: string | null;
  /** Of the whole list with these filters. */
  total?: number;
  /** Whether the viewer may start processes by hand. */
  mayTrigger: boolean;
  /** Whether the viewer may act on many runs at once: rows can then be selected. */
  mayControl: boolean;
}

const nameOf = (row: RunRow): string => (row.about ? `${row.processTitle}: ${row.about}` : row.processTitle);

const columns: readonly Column<RunRow>[] = [
  {
    title: 'Process',
    render: nameOf,
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
  const filtered = Object.keys(query).some((name) => name !== 'sort' && name !== 'cursor');
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
            order="-started"
            select={
              props.mayControl
                ? { name: 'items', value: (row) => row.id, label: (row) => bulkCopy.select(nameOf(row)) }
                : undefined
            }
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

/** Filters that other pages lead to: shown only while they are set. */
function behindFigure({ query, tenantName, stepTitle }: WorkflowsPageProps): Filter[] {
  const yes = [{ value: 'true', label: 'Yes' }];
  const words: Readonly<Record<string, Omit<Filter, 'name'>>> = {
    tenant: { label: 'Tenant', options: [{ value: query['tenant'] ?? '', label: tenantName ?? '' }] },
    endedFrom: { label: 'Ended from', type: 'date' },
    endedTo: { label: 'Ended until', type: 'date' },
    step: { label: 'Step', options: [{ value: query['step'] ?? '', label: stepTitle }] },
    cause: {
      label: 'Cause',
      options: [{ value: query['cause'] ?? '', label: causeText(query['cause'] ?? '') }],
    },
    retried: { label: 'Needed another attempt', options: yes },
    late: { label: 'Late now', options: yes },
    slowerThanMs: {
      label: 'Took longer than',
      options: [{ value: query['slowerThanMs'] ?? '', label: durationText(Number(query['slowerThanMs'])) }],
    },
    version: { label: 'Version', type: 'text' },
  };
  return Object.entries(words).flatMap(([name, filter]) => (query[name] ? [{ name, ...filter }] : []));
}

/** GET /admin/workflows */
export function WorkflowsPage(props: WorkflowsPageProps): VNode {
  const { frame, query } = props;
  return (
    <Shell frame={frame} title="Workflows" wide>
      <PageHeader
        title="Workflows"
        purpose="Every run, its current step and what it’s waiting for."
        mark={<ListCount total={props.total} />}
        action={
          <>
            {props.mayControl && props.rows.length > 0 ? (
              <BulkAllButton operation="runs.cancel" query={query} />
            ) : null}
            <ExportButton path={paths.workflowsCsv} query={query} />
            {props.mayTrigger ? (
              <LinkButton href="/admin/processes" look="primary" icon="player-play">
                Start a process
              </LinkButton>
            ) : null}
          </>
        }
      />
      <SavedViews
        frame={frame}
        path={path}
        all="All runs"
        views={props.views}
        query={query}
        refused={props.refused}
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
          ...behindFigure(props),
        ]}
      />
      {props.mayControl && props.rows.length > 0 ? (
        <BulkSelection subject="runs" operations={['runs.retry-step', 'runs.cancel']}>
          <RunsList {...props} />
        </BulkSelection>
      ) : (
        <RunsList {...props} />
      )}
    </Shell>
  );
}
