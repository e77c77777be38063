import { z } from 'zod';
import { AppError, errorTable, isErrorCode } from '../../../db/domain/errors.ts';
import { itemOutcomes, type ItemResult, type RunState, runStates } from '../../../db/domain/progress.ts';
import { type BulkKind, bulkKinds } from '../../../db/domain/tenants/help.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import type { BulkRunProps } from '../../../templates/admin/tenants/tenants-bulk-run.tsx';
import { helpTenantsContract } from '../../../workflows/tenants/help-tenants.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { readLiveRun } from '../../kit/run-view/live.ts';
import { nullIfUnavailable } from '../shared/null-if-unavailable.ts';

/** A run of `help-tenants`, as it is now. */
export interface BulkRun {
  kind: BulkKind;
  state: RunState;
  /** How many tenants were chosen; null until the run has begun, and where Temporal does not answer or keep it. */
  total: number | null;
  results: readonly ItemResult[];
  isOver: boolean;
  /** False where Temporal does not answer, or no longer keeps the run. */
  isReadable: boolean;
  version: string;
}

export const bulkRunShape = z.object({
  runId: z.string(),
  kind: z.enum(bulkKinds),
  state: z.enum(runStates),
  total: z.number().int().nullable(),
  results: z.array(
    z.object({
      tenantId: z.string(),
      outcome: z.enum(itemOutcomes),
      code: z.string().nullable(),
    }),
  ),
});

/**
 * The row of a run. It belongs to the platform, whose rows partners do not reach: each person reads their own, and those
 * who see all tenants read all. Throws `run.not-found` for every other.
 */
async function getRow(context: RequestContext, runId: string): Promise<runs.ListedRun> {
  const row = await context.deps.db.inScope(context.scope('platform'), (tx) => runs.get(tx, runId));
  const maySee = row.actorId === context.person().userId || context.overview().visibility === 'platform';
  if (row.process !== helpTenantsContract.name || !maySee) throw new AppError('run.not-found');
  return row;
}

/** Throws `run.not-found`. */
export async function readBulkRun(context: RequestContext, runId: string): Promise<BulkRun> {
  const row = await getRow(context, runId);
  const live = await nullIfUnavailable(() => readLiveRun(context.deps.processes, row));
  const note = live?.progress?.steps.find(({ key }) => key === 'help')?.note;
  const items = note?.kind === 'items' ? note : null;
  return {
    kind: row.subject as BulkKind,
    state: live?.state ?? row.state,
    total: items?.total ?? null,
    results: items?.results ?? [],
    isOver: live ? live.closedAt !== null : row.closedAt !== null,
    isReadable: live !== null,
    version: live?.version ?? `projection ${row.state}`,
  };
}

export function toBulkRun(runId: string, run: BulkRun): z.input<typeof bulkRunShape> {
  const { kind, state, total, results } = run;
  return {
    ...{ runId, kind, state, total },
    results: results.map(({ id, outcome, code }) => ({ tenantId: id, outcome, code: code ?? null })),
  };
}

const whyOf = ({ code }: ItemResult): string | null =>
  code === undefined ? null : errorTable[isErrorCode(code) ? code : 'internal.unexpected'].text;

/** What the page shows; a tenant out of the viewer's reach only by its id. */
export async function bulkRunProps(
  context: RequestContext,
  runId: string,
  run: BulkRun,
): Promise<BulkRunProps> {
  const { kind, state, total, results, isOver, isReadable } = run;
  const ids = results.map(({ id }) => id);
  const names = await context.deps.db.inScope(context.overview(), (tx) => tenants.names(tx, ids));
  return {
    frame: pageContextOf(context),
    ...{ runId, kind, state, total, isOver, isReadable },
    mayOpenRun: context.overview().visibility === 'platform' && context.can('runs.read'),
    results: results.map((result) => ({
      id: result.id,
      name: names.get(result.id) ?? null,
      outcome: result.outcome,
      why: whyOf(result),
    })),
  };
}
