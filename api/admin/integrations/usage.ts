import { z } from 'zod';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { listUsage, type UsageFilter } from '../../../db/repos/integrations/usage.ts';
import { UsagePage } from '../../../templates/admin/integrations/usage.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, definePage, defineRaw, defineRoute } from '../../kit/route.ts';
import { recordExport, sendCsv } from '../../kit/csv.ts';
import { optionalParam } from '../shared/query.ts';
import { errorRateOf } from './read.ts';
import { dayMs } from '../../../db/domain/time.ts';

const periods = { '1': 1, '7': 7, '30': 30, '90': 90, '365': 365 } as const;
const usageQuery = z.object({
  by: z.enum(['server', 'tool', 'tenant', 'day']).default('server').catch('server'),
  days: z.enum(['1', '7', '30', '90', '365']).default('7').catch('7'),
  server: optionalParam(kebabName),
});
type UsageQuery = z.output<typeof usageQuery>;

const usageItem = z.object({
  key: z.string(),
  title: z.string().nullable(),
  calls: z.number().int(),
  refused: z.number().int(),
  errors: z.number().int(),
  errorRate: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  lastAt: z.string(),
  /** Whether daily totals of older calls are included: whole days of UTC, times accurate to 5%. */
  summed: z.boolean(),
});
type UsageItem = z.input<typeof usageItem>;

async function read(context: RequestContext, { by, days, server }: UsageQuery): Promise<UsageItem[]> {
  const to = new Date();
  const from = new Date(to.getTime() - periods[days] * dayMs);
  const filter: UsageFilter = { by, from, to, server, timezone: context.person().timezone };
  const rows = await context.deps.db.inScope(context.overview(), (tx) => listUsage(tx, filter));
  return rows.map((row) => ({ ...row, errorRate: errorRateOf(row), lastAt: row.lastAt.toISOString() }));
}

const columns = ['key', 'title', 'calls', 'refused', 'errors', 'p50Ms', 'p95Ms', 'lastAt', 'summed'] as const;

export const usageRoutes: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/integrations/usage',
    access: 'registry.read',
    summary: 'Calls, errors and response times by server, tool, tenant or day',
    query: usageQuery,
    response: z.object({ items: z.array(usageItem) }),
    handle: async (context, { query }) => ({ items: await read(context, query) }),
  }),
  defineRaw({
    path: '/admin/integrations/usage.csv',
    access: 'registry.read',
    whileViewing: 'never',
    async serve(context) {
      const query = usageQuery.parse(context.request.query);
      await recordExport(context, 'usage.exported');
      const rows = await read(context, query);
      await sendCsv(context, `usage-by-${query.by}-${query.days}-days.csv`, columns, [
        rows.map((row) => columns.map((name) => row[name])),
      ]);
    },
  }),
  definePage({
    path: '/admin/integrations/usage',
    access: 'registry.read',
    query: usageQuery,
    show: async (context, { query }) =>
      UsagePage({ frame: pageContextOf(context), rows: await read(context, query), query }),
  }),
];
