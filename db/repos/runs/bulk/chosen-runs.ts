import { bulkProcess, type RunBulkFilter, type RunsBulkKey } from '../../../domain/runs/bulk.ts';
import type { BulkCandidate } from '../../../domain/runs/bulk-operation.ts';
import type { RunState } from '../../../domain/progress.ts';
import type { Tx } from '../../../scope.ts';
import { all } from '../../shared/rows.ts';
import * as runs from '../runs.ts';

/** Ids of the runs within reach that filters find, one more than `limit` where there are more. */
export function choose(tx: Tx, { tenant, ...filter }: RunBulkFilter, limit: number): Promise<string[]> {
  return runs.ids(tx, { ...filter, tenantId: tenant }, limit);
}

interface Inspected {
  runId: string;
  process: string;
  state: RunState;
  closedAt: Date | null;
}

/** Why an operation has nothing to do with a run; null where it has. */
export function whyLeftOut(operation: RunsBulkKey, run: Omit<Inspected, 'runId'>): BulkCandidate['leftOut'] {
  if (run.process === bulkProcess) return 'bulk.own-run';
  if (run.closedAt) return 'run.ended';
  return operation === 'runs.retry-step' && run.state !== 'needsAttention' ? 'bulk.step-not-failed' : null;
}

/** Whether there is something to do; runs out of reach are missing. */
export async function inspect(
  tx: Tx,
  operation: RunsBulkKey,
  ids: readonly string[],
): Promise<BulkCandidate[]> {
  if (ids.length === 0) return [];
  const rows = await all<Inspected>(
    tx
      .sql('runs')
      .whereIn('run_id', ids as string[])
      .select('run_id', 'process', 'state', 'closed_at'),
  );
  return rows.map((run) => ({ id: run.runId, leftOut: whyLeftOut(operation, run) }));
}
