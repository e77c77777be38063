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
import { ServerLogo } from '../../ui/server-logo.tsx';
import { Stat } from '../../ui/stat.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { usageCopy, usageTitles } from './copy/registry.ts';
import { msText, shareText } from './figures.ts';

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
  /** Whether the figures include daily totals of older calls. */
  summed: boolean;
}

export interface UsagePageProps {
  frame: PageContext;
  rows: readonly UsageRow[];
  query: { by: keyof typeof usageTitles; days: string; server?: string | undefined };
}

function hrefOf(by: keyof typeof usageTitles, key: string): string | null {
  const [server = '', tool = ''] = key.split('/');
  if (by === 'server') return paths.server(server);
  if (by === 'tool') return paths.serverTool(server, tool);
  return by === 'tenant' ? paths.tenant(key) : null;
}

function Name(props: { by: keyof typeof usageTitles; row: UsageRow }): VNode {
  const { by, row } = props;
  const href = hrefOf(by, row.key);
  const title = row.title ?? row.key;
  const link = href === null ? <>{title}</> : <a href={href}>{title}</a>;
  if (by !== 'server' && by !== 'tool') return link;
  const [server = ''] = row.key.split('/');
  return (
    <span class="bz-server">
      <ServerLogo name={server} title={by === 'server' ? title : server} size="small" />
      {link}
    </span>
  );
}

function Totals(props: { rows: readonly UsageRow[] }): VNode {
  const sum = (of: 'calls' | 'refused' | 'errors') => props.rows.reduce((total, row) => total + row[of], 0);
  const left = sum('calls') - sum('refused');
  return (
    <div class="bz-stats">
      <Stat label="Calls" value={<Count value={sum('calls')} />} />
      <Stat label={usageCopy.blocked} value={<Count value={sum('refused')} />} />
      <Stat label="Errors" value={<Count value={sum('errors')} />} />
      <Stat label={usageCopy.errorRate} value={shareText(left > 0 ? sum('errors') / left : null)} />
    </div>
  );
}

const callsKeptDays = retentionRules.find(({ key }) => key === 'calls')?.days;

function SummedNotice(): VNode {
  return (
    <Notice tone="running" icon="info-circle">
      {usageCopy.summed(callsKeptDays)}
    </Notice>
  );
}

/** GET /admin/integrations/usage?by=&days= */
export function UsagePage(props: UsagePageProps): VNode {
  const { frame, rows, query } = props;
  const path = paths.usage;
  const kept = { days: query.days, server: query.server };
  return (
    <Shell frame={frame} title={usageCopy.title} wide>
      <PageHeader
        title={usageCopy.title}
        purpose={usageCopy.purpose}
        action={
          <LinkButton href={withQuery(paths.usageCsv, { ...kept, by: query.by })} icon="download" download>
            {usageCopy.download}
          </LinkButton>
        }
      />
      <Tabs
        label={usageCopy.groupBy}
        current={query.by}
        tabs={Object.entries(usageTitles).map(([key, title]) => ({
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
            options: usageCopy.periods,
          },
          {
            name: 'by',
            label: usageCopy.groupBy,
            options: Object.entries(usageTitles).map(([value, label]) => ({ value, label })),
          },
        ]}
      />
      <Totals rows={rows} />
      {rows.some(({ summed }) => summed) ? <SummedNotice /> : null}
      {rows.length === 0 ? (
        <EmptyState icon="chart-bar" title={usageCopy.emptyTitle} text={usageCopy.emptyText} />
      ) : (
        <DataTable
          caption={usageCopy.caption(query.by)}
          rows={rows}
          columns={[
            { title: usageTitles[query.by], render: (row) => <Name by={query.by} row={row} /> },
            { title: 'Calls', right: true, phone: 'label', render: (row) => <Count value={row.calls} /> },
            {
              title: usageCopy.blocked,
              right: true,
              phone: 'label',
              minor: true,
              render: (row) => <Count value={row.refused} />,
            },
            {
              title: usageCopy.errorRate,
              right: true,
              phone: 'label',
              render: (row) => shareText(row.errorRate),
            },
            { title: 'p50', right: true, phone: 'label', minor: true, render: (row) => msText(row.p50Ms) },
            { title: 'p95', right: true, phone: 'label', render: (row) => msText(row.p95Ms) },
            { title: 'Last', right: true, phone: 'label', render: (row) => <Time at={row.lastAt} /> },
          ]}
        />
      )}
    </Shell>
  );
}
