import type { VNode } from 'preact';
import { retentionRules } from '../../../db/domain/audit/retention.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Count } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths, withQuery } from '../../paths.ts';
import { Stat } from '../../ui/stat.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { msText, serverPath, shareText, toolPath } from './servers.tsx';

const ways = { server: 'Services', tool: 'Tools', tenant: 'Tenants', day: 'Days' } as const;

export interface UsageRow {
  key: string;
  title: string | null;
  calls: number;
  refused: number;
  errors: number;
  errorRate: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
  lastAt: string;
  /** Whether daily sums of older calls are part of it. */
  summed: boolean;
}

export interface UsagePageProps {
  frame: PageContext;
  rows: readonly UsageRow[];
  query: { by: keyof typeof ways; days: string; server?: string | undefined };
}

function hrefOf(by: keyof typeof ways, key: string): string | null {
  const [server = '', tool = ''] = key.split('/');
  if (by === 'server') return serverPath(server);
  if (by === 'tool') return toolPath(server, tool);
  return by === 'tenant' ? paths.tenant(key) : null;
}

function Name(props: { by: keyof typeof ways; row: UsageRow }): VNode {
  const { by, row } = props;
  const href = hrefOf(by, row.key);
  const words = row.title ?? row.key;
  return href === null ? <>{words}</> : <a href={href}>{words}</a>;
}

function Totals(props: { rows: readonly UsageRow[] }): VNode {
  const sum = (of: 'calls' | 'refused' | 'errors') => props.rows.reduce((total, row) => total + row[of], 0);
  const left = sum('calls') - sum('refused');
  return (
    <div class="bz-stats">
      <Stat label="Calls" value={<Count value={sum('calls')} />} />
      <Stat label="Not let through" value={<Count value={sum('refused')} />} />
      <Stat label="Errors" value={<Count value={sum('errors')} />} />
      <Stat label="Share of errors" value={shareText(left > 0 ? sum('errors') / left : null)} />
    </div>
  );
}

const callsKeptDays = retentionRules.find(({ key }) => key === 'calls')?.days;

/** Says how exact the figures of old calls are. */
function FromSums(): VNode {
  return (
    <Notice tone="running" icon="info-circle">
      Calls older than {callsKeptDays} days are kept as daily sums. They count in whole days of UTC, and their
      times are exact to 5 %.
    </Notice>
  );
}

/** GET /admin/connections/usage?by=&days= */
export function UsagePage(props: UsagePageProps): VNode {
  const { frame, rows, query } = props;
  const path = '/admin/connections/usage';
  const kept = { days: query.days, server: query.server };
  return (
    <Shell frame={frame} title="Use of services" wide>
      <PageHeader
        title="Use of services"
        purpose="What is called how often, how often it fails and how long it takes."
        action={
          <LinkButton href={withQuery(`${path}.csv`, { ...kept, by: query.by })} icon="download" download>
            Download as CSV
          </LinkButton>
        }
      />
      <Tabs
        label="Counted by"
        current={query.by}
        tabs={Object.entries(ways).map(([key, title]) => ({
          ...{ key, title },
          href: withQuery(path, { ...kept, by: key }),
        }))}
      />
      <FilterBar
        path={path}
        query={{ ...query }}
        filters={[
          {
            name: 'days',
            label: 'Period',
            options: [
              { value: '1', label: 'The last 24 hours' },
              { value: '7', label: 'The last 7 days' },
              { value: '30', label: 'The last 30 days' },
              { value: '90', label: 'The last 90 days' },
              { value: '365', label: 'The last 12 months' },
            ],
          },
          {
            name: 'by',
            label: 'Counted by',
            options: Object.entries(ways).map(([value, label]) => ({ value, label })),
          },
        ]}
      />
      <Totals rows={rows} />
      {rows.some(({ summed }) => summed) ? <FromSums /> : null}
      {rows.length === 0 ? (
        <EmptyState
          icon="chart-bar"
          title="Nothing was called in this time"
          text="Choose a longer period, or come back when tenants use their services."
        />
      ) : (
        <DataTable
          caption={`Use by ${ways[query.by].toLowerCase()}`}
          rows={rows}
          columns={[
            { title: ways[query.by], render: (row) => <Name by={query.by} row={row} /> },
            { title: 'Calls', right: true, phone: 'label', render: (row) => <Count value={row.calls} /> },
            {
              title: 'Not let through',
              right: true,
              phone: 'label',
              minor: true,
              render: (row) => <Count value={row.refused} />,
            },
            { title: 'Errors', right: true, phone: 'label', render: (row) => shareText(row.errorRate) },
            { title: 'p50', right: true, phone: 'label', minor: true, render: (row) => msText(row.p50Ms) },
            { title: 'p95', right: true, phone: 'label', render: (row) => msText(row.p95Ms) },
            { title: 'Last', right: true, phone: 'label', render: (row) => <Time at={row.lastAt} /> },
          ]}
        />
      )}
    </Shell>
  );
}
