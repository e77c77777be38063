import type { VNode } from 'preact';
import type { FailureCause, RunFigures } from '../../../db/domain/runs/analytics.ts';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths, type Query, withQuery } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { DayChart, type DayChartProps } from '../../ui/day-chart.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { durationText } from '../../ui/format.ts';
import type { Option } from '../../ui/inputs.tsx';
import { Count } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Stat, type Trend } from '../../ui/stat.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CalendarDay } from '../../ui/time.tsx';
import { analyticsCopy as copy, causeText } from './analytics-copy.ts';

export interface AnalyticsPageProps {
  frame: PageContext;
  /** days, process, tenant, version. */
  query: Query;
  /** The filters of a list of runs that ended in this period, within these filters. */
  list: Query;
  processes: readonly Option[];
  /** Versions that can be chosen; one alone is no choice. */
  versions: readonly Option[];
  tenantName: string | null;
  all: RunFigures;
  trends: { rate: Trend; ended: Trend; median: Trend };
  lateNow: number;
  /** Whether there are more than were counted. */
  moreLate: boolean;
  chart: DayChartProps;
  byProcess: readonly { process: string; title: string; figures: RunFigures }[];
  byStep: readonly (RunFigures & {
    step: string;
    title: string;
    late: number | null;
    lateAfterMs: number | null;
  })[];
  byVersion: readonly { version: string; firstDay: string; figures: RunFigures }[];
  causes: readonly (FailureCause & { title: string; stepTitle: string })[];
  byTenant: readonly { tenantId: string; name: string | null; failed: number }[];
}

const timeText = (ms: number | null) => (ms === null ? '–' : durationText(ms));
const runsWith = (list: Query, more: Query) => withQuery(paths.workflows, { ...list, ...more });

/** A number that leads to the runs it counts. */
function Behind(props: { value: number; href: string }): VNode {
  return props.value === 0 ? (
    <Count value={0} />
  ) : (
    <a href={props.href}>
      <Count value={props.value} />
    </a>
  );
}

function Figures(props: AnalyticsPageProps): VNode {
  const { all, list, trends, query } = props;
  const slower = all.p95Ms === null ? {} : { href: runsWith(list, { slowerThanMs: String(all.p95Ms) }) };
  const { process, tenant } = query;
  return (
    <div class="bz-stats">
      <Stat label={copy.successRate} value={copy.rate(all.successRate)} trend={trends.rate} />
      <Stat
        label={copy.ended}
        value={<Count value={all.ended} />}
        trend={trends.ended}
        href={runsWith(list, {})}
      />
      <Stat label={copy.median} value={timeText(all.p50Ms)} trend={trends.median} />
      <Stat label={copy.slow} value={timeText(all.p95Ms)} {...slower} />
      <Stat
        label={copy.retried}
        value={<Count value={all.retried} />}
        href={runsWith(list, { retried: 'true' })}
      />
      <Stat
        label={copy.lateNow}
        value={
          <>
            <Count value={props.lateNow} />
            {props.moreLate ? '+' : ''}
          </>
        }
        href={withQuery(paths.workflows, { process, tenant, late: 'true' })}
      />
    </div>
  );
}

/** How often, how well and how long, for any group of runs. */
function figureColumns<Row>(
  of: (row: Row) => RunFigures,
  behind: (row: Row) => Query | null,
  list: Query,
): Column<Row>[] {
  const number = (value: number, row: Row, more: Query = {}) => {
    const filter = behind(row);
    return filter ? (
      <Behind value={value} href={runsWith(list, { ...filter, ...more })} />
    ) : (
      <Count value={value} />
    );
  };
  return [
    { title: copy.ended, right: true, phone: 'label', render: (row) => number(of(row).ended, row) },
    {
      title: copy.failed,
      right: true,
      phone: 'label',
      render: (row) => number(of(row).failed, row, { state: 'failed' }),
    },
    {
      title: copy.successRate,
      right: true,
      phone: 'label',
      render: (row) => copy.rate(of(row).successRate),
    },
    { title: copy.median, right: true, phone: 'label', render: (row) => timeText(of(row).p50Ms) },
    { title: copy.slow, right: true, phone: 'label', render: (row) => timeText(of(row).p95Ms) },
    {
      title: copy.retried,
      right: true,
      minor: true,
      phone: 'label',
      render: (row) => number(of(row).retried, row, { retried: 'true' }),
    },
  ];
}

function ByProcess(props: AnalyticsPageProps): VNode {
  type Row = AnalyticsPageProps['byProcess'][number];
  return (
    <Card title={copy.byProcess} flush>
      <DataTable<Row>
        caption={copy.byProcess}
        rows={props.byProcess}
        rowHref={({ process }) => withQuery(paths.analytics, props.query, { process })}
        columns={[
          { title: copy.process, render: ({ title }) => title },
          ...figureColumns<Row>(
            ({ figures }) => figures,
            ({ process }) => ({ process }),
            props.list,
          ),
        ]}
      />
    </Card>
  );
}

function BySteps(props: AnalyticsPageProps): VNode | null {
  if (props.byStep.length === 0) return null;
  type Row = AnalyticsPageProps['byStep'][number];
  return (
    <Card title={copy.byStep} note={copy.stepNote} flush>
      <DataTable<Row>
        caption={copy.byStep}
        rows={props.byStep}
        columns={[
          { title: copy.step, render: ({ title }) => title },
          ...figureColumns<Row>(
            (row) => row,
            () => null,
            props.list,
          ),
          {
            title: copy.late,
            right: true,
            phone: 'label',
            render: ({ late, lateAfterMs }) =>
              late === null || lateAfterMs === null ? (
                '–'
              ) : (
                <span title={copy.lateHelp(durationText(lateAfterMs))}>
                  <Count value={late} />
                </span>
              ),
          },
        ]}
      />
    </Card>
  );
}

function Causes(props: AnalyticsPageProps): VNode {
  const { causes, list } = props;
  return (
    <Card title={copy.causes} flush={causes.length > 0}>
      {causes.length === 0 ? (
        <p>{copy.noFailure}</p>
      ) : (
        <DataTable
          caption={copy.causes}
          rows={causes}
          columns={[
            { title: copy.cause, render: ({ cause }) => causeText(cause) },
            { title: copy.at, render: ({ title, stepTitle }) => `${title}: ${stepTitle}` },
            {
              title: copy.lastSeen,
              right: true,
              phone: 'label',
              render: ({ lastDay }) => <CalendarDay day={lastDay} />,
            },
            {
              title: copy.runs,
              right: true,
              phone: 'label',
              render: ({ process, step, cause, runs }) => (
                <Behind value={runs} href={runsWith(list, { process, ...(cause && { step, cause }) })} />
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}

function ByTenant(props: AnalyticsPageProps): VNode | null {
  if (props.byTenant.length === 0) return null;
  return (
    <Card title={copy.byTenant} flush>
      <DataTable
        caption={copy.byTenant}
        rows={props.byTenant}
        rowHref={({ tenantId }) => paths.tenant(tenantId)}
        columns={[
          { title: copy.tenant, render: ({ tenantId, name }) => name ?? tenantId },
          {
            title: copy.failed,
            right: true,
            render: ({ tenantId, failed }) => (
              <Behind value={failed} href={runsWith(props.list, { tenant: tenantId, state: 'failed' })} />
            ),
          },
        ]}
      />
    </Card>
  );
}

function ByVersion(props: AnalyticsPageProps): VNode | null {
  if (props.byVersion.length < 2) return null;
  type Row = AnalyticsPageProps['byVersion'][number];
  return (
    <Card title={copy.byVersion} flush>
      <DataTable<Row>
        caption={copy.byVersion}
        rows={props.byVersion}
        columns={[
          {
            title: copy.version,
            render: ({ version }) => (version ? <code>{version}</code> : copy.unknownVersion),
          },
          {
            title: copy.firstSeen,
            phone: 'label',
            render: ({ firstDay }) => <CalendarDay day={firstDay} />,
          },
          ...figureColumns<Row>(
            ({ figures }) => figures,
            ({ version }) => (version ? { version } : null),
            props.list,
          ),
        ]}
      />
    </Card>
  );
}

/** GET /admin/workflows/analytics */
export function AnalyticsPage(props: AnalyticsPageProps): VNode {
  const { query, tenantName } = props;
  const days = query['days'] ?? '30';
  return (
    <Shell frame={props.frame} title={copy.title} wide>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <Tabs
        label={copy.period}
        tabs={Object.entries(copy.periods).map(([value, title]) => ({
          key: value,
          title,
          href: withQuery(paths.analytics, query, { days: value }),
        }))}
        current={days}
      />
      <FilterBar
        path={paths.analytics}
        query={query}
        filters={[
          { name: 'process', label: copy.process, options: props.processes },
          ...(props.versions.length > 1
            ? [{ name: 'version', label: copy.version, options: props.versions }]
            : []),
          ...(tenantName === null
            ? []
            : [
                {
                  name: 'tenant',
                  label: copy.tenant,
                  options: [{ value: query['tenant'] ?? '', label: tenantName }],
                },
              ]),
        ]}
      />
      <Figures {...props} />
      {props.all.ended === 0 ? (
        <EmptyState icon="chart-bar" title={copy.empty.title} text={copy.empty.text} />
      ) : (
        <>
          <DayChart {...props.chart} />
          <BySteps {...props} />
          <Causes {...props} />
          <ByProcess {...props} />
          <ByTenant {...props} />
          <ByVersion {...props} />
        </>
      )}
    </Shell>
  );
}
