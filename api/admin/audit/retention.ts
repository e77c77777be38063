import { z } from 'zod';
import { nextQuietMs, retentionRules } from '../../../db/domain/audit/retention.ts';
import { type PurgeRun, listPurgeRuns } from '../../../db/repos/audit/purge-runs.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import { RetentionPage } from '../../../templates/admin/audit/retention.tsx';
import { purgeOldRecordsContract } from '../../../workflows/audit/purge-old-records.contract.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { isoOf } from '../shared/query.ts';
import { paths } from '../../../templates/paths.ts';

const purgeRunsShown = 14;

const ruleItem = z.object({
  key: z.string(),
  title: z.string(),
  what: z.string(),
  days: z.number().int(),
  leaves: z.string(),
  /** Rows the last purge run removed; null before the first. */
  removed: z.number().int().nullable(),
  /** Whether the last purge run could not apply this rule. */
  failed: z.boolean(),
});
const purgeRunItem = z.object({
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  removed: z.number().int(),
  failed: z.array(z.string()),
});
const retention = z.object({
  rules: z.array(ruleItem),
  /** Newest first. */
  purgeRuns: z.array(purgeRunItem),
  nextAt: z.string(),
  /** The purge run; null until a worker has started it. */
  runId: z.string().nullable(),
});

const totalOf = ({ removed }: PurgeRun) => Object.values(removed).reduce((sum, count) => sum + count, 0);

async function read(context: RequestContext): Promise<z.input<typeof retention>> {
  const { purgeRuns, found } = await context.deps.db.inScope(context.overview(), async (tx) => ({
    purgeRuns: await listPurgeRuns(tx, purgeRunsShown),
    found: await runs.list(tx, { process: purgeOldRecordsContract.name, limit: 1 }),
  }));
  const last = purgeRuns.find(({ endedAt }) => endedAt !== null);
  return {
    rules: retentionRules.map(({ key, title, what, days, leaves }) => ({
      ...{ key, title, what, days, leaves },
      removed: last ? (last.removed[key] ?? 0) : null,
      failed: last?.failed.includes(key) ?? false,
    })),
    purgeRuns: purgeRuns.map((run) => ({
      startedAt: run.startedAt.toISOString(),
      endedAt: isoOf(run.endedAt),
      removed: totalOf(run),
      failed: run.failed.map((key) => retentionRules.find((rule) => rule.key === key)?.title ?? key),
    })),
    nextAt: new Date(nextQuietMs(Date.now())).toISOString(),
    runId: found.items[0]?.runId ?? null,
  };
}

export const retentionArea: Area = {
  side: 'admin',
  nav: [
    {
      title: 'Data retention',
      href: paths.retention,
      icon: 'clock',
      group: 'Govern',
      permission: 'retention.read',
      tabOf: paths.audit,
    },
  ],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/retention',
      access: 'retention.read',
      summary: 'Retention rules and the last purge runs',
      response: retention,
      handle: read,
    }),
    definePage({
      path: paths.retention,
      access: 'retention.read',
      show: async (context) => RetentionPage({ frame: pageContextOf(context), ...(await read(context)) }),
    }),
  ],
};
