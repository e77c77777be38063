import { bulkOperations } from '../../db/domain/bulk.ts';
import { AppError } from '../../db/domain/errors.ts';
import type { RunsBulkKey } from '../../db/domain/runs/bulk.ts';
import { whyLeftOut } from '../../db/repos/runs/bulk/chosen-runs.ts';
import * as runs from '../../db/repos/runs/runs.ts';
import type { Tx } from '../../db/scope.ts';
import type { Deps } from '../deps.ts';
import { actingIn } from '../shared/attribution.ts';
import { type BatchRequest, type BatchResult, type Turn, workOutside } from '../shared/bulk.ts';
import { reachOf } from '../shared/reach.ts';

/** What is done to many runs at once. */
export function bulkRunActivities(deps: Deps) {
  /** The run, within the person's reach. Throws `run.not-found`, `permission.denied`. */
  async function find({ operation: { actor, operation }, item: { itemId } }: Turn): Promise<runs.ListedRun> {
    const { permission } = bulkOperations[operation];
    const reach = await deps.db.inScope(actingIn('platform', actor), (tx) => reachOf(tx, actor, permission));
    return deps.db.inScope(actingIn(reach, actor), (tx) => runs.get(tx, itemId));
  }

  async function control(turn: Turn, key: string): Promise<((tx: Tx) => void) | undefined> {
    const { operation, reason, actor: by } = turn.operation;
    const run = await find(turn);
    // After an earlier attempt the run may be as that attempt left it.
    const why = turn.item.attempts === 0 ? whyLeftOut(operation as RunsBulkKey, run) : null;
    if (why) throw new AppError(why);
    if (operation === 'runs.retry-step') {
      const { currentStep: step } = run;
      if (!step) throw new AppError('run.ended');
      await deps.processes.retryStep(run, { step, reason, by }, key);
      return undefined;
    }
    await deps.processes.cancel(run);
    return (tx) =>
      tx.record({
        action: 'run.cancelled',
        targets: [{ type: 'run', id: run.workflowId }],
        data: { reason },
        tenantId: run.tenantId,
      });
  }

  return {
    /** Cancels the next runs of an operation, or retries the step that holds each of them. */
    controlRunsInBulk: (request: BatchRequest): Promise<BatchResult> => workOutside(deps, request, control),
  };
}
