import { z } from 'zod';
import type { RunFigures } from '../../../../db/domain/runs/analytics.ts';
import { mostLate } from '../../../../db/repos/runs/behind.ts';
import { AnalyticsPage, type AnalyticsPageProps } from '../../../../templates/admin/runs/analytics.tsx';
import { analyticsCopy as copy } from '../../../../templates/admin/runs/analytics-copy.ts';
import { paths } from '../../../../templates/paths.ts';
import type { DayChartProps } from '../../../../templates/ui/day-chart.tsx';
import { durationText, numberText } from '../../../../templates/ui/format.ts';
import type { Trend } from '../../../../templates/ui/stat.tsx';
import { statusOf } from '../../../../templates/ui/status.ts';
import type { Area } from '../../../kit/area.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { definePage, defineRoute } from '../../../kit/route.ts';
import { processTitle, stepTitle } from '../../shared/names.ts';
import { queryOf } from '../../shared/query.ts';
import { type AnalyticsQuery, analyticsQuery, readAnalytics, type RunAnalytics } from './read.ts';
import { processOptions } from '../process-options.ts';

const count = z.number().int();
const figures = z.object({
  ended: count,
  done: count,
  failed: count,
  refused: count,
  stopped: count,
  successRate: z.number().nullable(),
  p50Ms: count.nullable(),
  p95Ms: count.nullable(),
  retried: count,
});
const shape = z.object({
  days: z.array(z.string()),
  all: figures,
  before: figures,
  lateNow: count,
  perDay: z.array(z.object({ day: z.string(), figures })),
  processes: z.array(z.object({ process: z.string(), figures })),
  steps: z.array(
    figures.extend({ step: z.string(), lateAfterMs: z.number().nullable(), late: count.nullable() }),
  ),
  versions: z.array(z.object({ version: z.string(), firstDay: z.string(), figures })),
  causes: z.array(
    z.object({ process: z.string(), step: z.string(), cause: z.string(), runs: count, lastDay: z.string() }),
  ),
  tenants: z.array(z.object({ tenantId: z.string(), name: z.string().nullable(), failed: count })),
});

/** A figure beside the same figure of the period before. */
function trendOf(
  now: number | null,
  before: number | null,
  words: (difference: number) => string,
  good?: 'up' | 'down',
): Trend {
  if (now === null || before === null) return { direction: 'unknown', text: copy.noBefore };
  if (now === before) return { direction: 'flat', text: copy.same };
  const direction = now > before ? 'up' : 'down';
  return { direction, text: words(now - before), ...(good && { good: direction === good }) };
}

const timeDifference = (difference: number) =>
  `${durationText(Math.abs(difference))} ${difference > 0 ? 'longer' : 'shorter'} than before`;

function trendsOf({ all, before }: RunAnalytics): AnalyticsPageProps['trends'] {
  return {
    rate: trendOf(all.successRate, before.successRate, copy.points, 'up'),
    ended: trendOf(all.ended, before.ended === 0 ? null : before.ended, copy.moreOrLess),
    median: trendOf(all.p50Ms, before.p50Ms, timeDifference, 'down'),
  };
}

const ends = ['done', 'stopped', 'refused', 'failed'] as const satisfies (keyof RunFigures)[];

function chartOf(context: RequestContext, { days, perDay }: RunAnalytics): DayChartProps {
  const { language, timezone } = context.person();
  return {
    title: copy.chart,
    days,
    kind: 'bars',
    series: ends.map((state) => {
      const { word, tone } = statusOf('run', state);
      return { label: word, tone, values: perDay.map(({ figures: of }) => of[state]) };
    }),
    format: (value) => numberText(value, { language, timezone, nowMs: Date.now() }),
    nothing: copy.nothing,
  };
}

function propsOf(context: RequestContext, query: AnalyticsQuery, found: RunAnalytics): AnalyticsPageProps {
  const { days } = found;
  const { process, version, tenant } = query;
  return {
    frame: pageContextOf(context),
    query: queryOf(context, ['days', 'process', 'tenant', 'version']),
    list: { process, version, tenant, endedFrom: days[0], endedTo: days.at(-1) },
    processes: processOptions(context),
    versions: found.versions.flatMap(({ version: name }) => (name ? [{ value: name, label: name }] : [])),
    tenantName: found.tenantName,
    all: found.all,
    trends: trendsOf(found),
    lateNow: found.lateNow,
    moreLate: found.lateNow === mostLate,
    chart: chartOf(context, found),
    byProcess: found.processes.map((row) => ({ ...row, title: processTitle(row.process) })),
    byStep: found.steps.map((row) => ({ ...row, title: stepTitle(process ?? '', row.step) })),
    byVersion: found.versions,
    causes: found.causes.map((row) => ({
      ...row,
      title: processTitle(row.process),
      stepTitle: stepTitle(row.process, row.step),
    })),
    byTenant: found.tenants,
  };
}

/** How runs ended: success, durations and causes of failure. */
export const runAnalyticsArea: Area = {
  side: 'admin',
  nav: [
    {
      title: copy.title,
      tabOf: paths.workflows,
      href: paths.analytics,
      icon: 'chart-bar',
      group: 'Operations',
      permission: 'runs.read',
    },
  ],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/run-analytics',
      access: 'runs.read',
      summary: 'How runs ended in a period: success, durations within 4 %, causes of failure; days in UTC',
      query: analyticsQuery,
      response: shape,
      handle: (context, { query }) => readAnalytics(context, query),
    }),
    definePage({
      path: paths.analytics,
      access: 'runs.read',
      query: analyticsQuery,
      show: async (context, { query }) =>
        AnalyticsPage(propsOf(context, query, await readAnalytics(context, query))),
    }),
  ],
};
