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

const roundsShown = 14;

const ruleItem = z.object({
  key: z.string(),
  title: z.string(),
  what: z.string(),
  days: z.number().int(),
  leaves: z.string(),
  /** Rows the last round removed; null before the first. */
  removed: z.number().int().nullable(),
  /** Whether the last round could not follow this rule. */
  failed: z.boolean(),
});
const roundItem = z.object({
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  removed: z.number().int(),
  failed: z.array(z.string()),
});
const retention = z.object({
  rules: z.array(ruleItem),
  /** Newest first. */
  rounds: z.array(roundItem),
  nextAt: z.string(),
  /** The run that does it; null until a worker has started it. */
  runId: z.string().nullable(),
});

const totalOf = ({ removed }: PurgeRun) => Object.values(removed).reduce((sum, count) => sum + count, 0);

async function read(context: RequestContext): Promise<z.input<typeof retention>> {
  const { rounds, found } = await context.deps.db.inScope(context.overview(), async (tx) => ({
    rounds: await listPurgeRuns(tx, roundsShown),
    found: await runs.list(tx, { process: purgeOldRecordsContract.name, limit: 1 }),
  }));
  const last = rounds.find(({ endedAt }) => endedAt !== null);
  return {
    rules: retentionRules.map(({ key, title, what, days, leaves }) => ({
      ...{ key, title, what, days, leaves },
      removed: last ? (last.removed[key] ?? 0) : null,
      failed: last?.failed.includes(key) ?? false,
    })),
    rounds: rounds.map((round) => ({
      startedAt: round.startedAt.toISOString(),
      endedAt: isoOf(round.endedAt),
      removed: totalOf(round),
      failed: round.failed.map((key) => retentionRules.find((rule) => rule.key === key)?.title ?? key),
    })),
    nextAt: new Date(nextQuietMs(Date.now())).toISOString(),
    runId: found.items[0]?.runId ?? null,
  };
}

export const retentionArea: Area = {
  side: 'admin',
  // It is reached from the audit log.
  nav: [],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/retention',
      access: 'retention.read',
      summary: 'What is kept for how long, and what the last rounds removed',
      response: retention,
      handle: read,
    }),
    definePage({
      path: '/admin/retention',
      access: 'retention.read',
      show: async (context) => RetentionPage({ frame: pageContextOf(context), ...(await read(context)) }),
    }),
  ],
};
