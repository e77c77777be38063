import { CancellationScope, condition, uuid4, workflowInfo } from '@temporalio/workflow';
import type { BatchRequest, BatchResult } from '../../activities/shared/bulk.ts';
import { batchSizeOf, type BulkSubject } from '../../db/domain/runs/bulk-operation.ts';
import type { InputOf, OutputOf } from '../define.ts';
import { earlyAnswer, finish, handlersFinished } from '../shared/early-answer.ts';
import { describeFailure, fail, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, slow } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { BulkSteer, runBulkOperationContract } from './run-bulk-operation.contract.ts';

type Contract = typeof runBulkOperationContract;
type Begun = { operationId: string; kind: string; total: number };
type Wanted = 'run' | 'pause' | 'abort';

/** A batch writes about a dozen events; a history of a few thousand stays quick to replay. */
const mostBatches = 150;
/** The shortest pause before items whose attempt failed are tried again; milliseconds. */
const shortestWaitMs = 500;

const batches: Record<BulkSubject, (request: BatchRequest) => Promise<BatchResult>> = {
  tenants: (request) => slow.helpTenantsInBulk(request),
  people: (request) => slow.changePeopleInBulk(request),
  runs: (request) => slow.controlRunsInBulk(request),
  subscriptions: (request) => slow.moveSubscriptionsInBulk(request),
};

/** What people ask of the operation while it runs; each is recorded before it counts. */
function steering(operationId: string, isPaused: boolean) {
  let wanted: Wanted = isPaused ? 'pause' : 'run';
  let isOver = false;
  async function set(next: Wanted, steer: BulkSteer): Promise<null> {
    const before = wanted;
    wanted = next;
    try {
      await db.steerBulkOperation({ operationId, ...steer, key: `${workflowInfo().workflowId}/${uuid4()}` });
    } catch (error) {
      wanted = before;
      throw failureOf(error);
    }
    return null;
  }
  const refuse = (isRefused: boolean, code: 'bulk.not-running' | 'bulk.not-paused') => {
    if (isOver) fail('run.ended');
    if (isRefused) fail(code);
  };
  return {
    wanted: () => wanted,
    end: () => void (isOver = true),
    abortAsCancelled: () =>
      wanted === 'abort' ? null : set('abort', { action: 'abort', reason: null, by: null }),
    handlers: {
      pause: {
        summary: 'Begins no further item until resumed',
        validate: () => refuse(wanted !== 'run', 'bulk.not-running'),
        run: (given: { reason: string; by: BulkSteer['by'] }) => set('pause', { action: 'pause', ...given }),
      },
      resume: {
        summary: 'Continues where it was paused',
        validate: () => refuse(wanted !== 'pause', 'bulk.not-paused'),
        run: (given: { reason: string; by: BulkSteer['by'] }) => set('run', { action: 'resume', ...given }),
      },
      abort: {
        summary: 'Ends it; items without a turn are left as they are',
        validate: () => refuse(wanted === 'abort', 'bulk.not-running'),
        run: (given: { reason: string; by: BulkSteer['by'] }) => set('abort', { action: 'abort', ...given }),
      },
    },
  };
}

/** Chooses the items of a new operation, or begins another round of one. */
function begin(input: InputOf<Contract>): Promise<{ total: number }> {
  return input.kind === 'apply' ? db.planBulkOperation(input) : db.beginBulkRound(input);
}

/**
 * Works through the items of an operation, batch by batch at its pace. Which items had their turn is in the database, so
 * a batch that is repeated continues where it was; what goes wrong with one item costs that one only. Cancelled, it aborts.
 */
export async function runBulkOperation(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { operationId, subject, pacePerMinute, resumed } = input;
  const progress = trackProgress<Contract>(['plan', 'work', 'record']);
  const begun = earlyAnswer<Begun>();
  const steer = steering(operationId, resumed?.isPaused ?? false);
  handle<Contract>({
    begun: begun.handler('Answers once the operation has begun'),
    ...steer.handlers,
  });
  // A promise that only ever rejects: when the run is cancelled.
  let isCancelled = false;
  let total = resumed?.total ?? 0;
  void CancellationScope.current().cancelRequested.catch(() => void (isCancelled = true));
  const isHeld = () => steer.wanted() !== 'run' || isCancelled;

  /** Nothing begins before; kept over a pause, which is no way around the pace. */
  let nextAtMs = 0;

  /** True when all is done; false where the history has grown long. */
  async function workThrough(): Promise<boolean> {
    for (let batch = 0; batch < mostBatches;) {
      if (isCancelled) await steer.abortAsCancelled();
      if (steer.wanted() === 'abort') return true;
      if (steer.wanted() === 'pause') {
        progress.set('work', 'waiting', { waitingFor: 'administrator' });
        await condition(() => steer.wanted() !== 'pause' || isCancelled);
        progress.set('work', 'running');
        continue;
      }
      if (nextAtMs > Date.now()) {
        await condition(isHeld, nextAtMs - Date.now());
        continue;
      }
      batch += 1;
      const startedMs = Date.now();
      const size = batchSizeOf(pacePerMinute);
      const { worked, open, waitMs } = await batches[subject]({ operationId, size, nowMs: startedMs });
      progress.set('work', 'running', { note: { kind: 'items', total, settled: total - open } });
      if (open === 0) return true;
      nextAtMs =
        worked > 0
          ? startedMs + Math.ceil((worked * 60_000) / pacePerMinute)
          : Date.now() + Math.max(waitMs, shortestWaitMs);
    }
    return false;
  }

  /** An administrator failed the step: what had no turn is left as it is, and the run fails. */
  async function giveUp(error: unknown): Promise<never> {
    await steer.abortAsCancelled();
    steer.end();
    await handlersFinished();
    await db.endBulkRound({ operationId });
    throw error;
  }

  return CancellationScope.nonCancellable(async () => {
    try {
      progress.set('plan', 'running');
      if (!resumed) ({ total } = await begin(input));
      progress.set('plan', 'done');
      begun.resolve({ operationId, kind: input.kind, total });
    } catch (error) {
      progress.set('plan', 'failed', { error: describeFailure(error) });
      begun.reject(error);
      steer.end();
      await begun.untilTaken('30 seconds');
      await finish(progress, 'failed');
      throw failureOf(error);
    }
    const work = () => progress.step('work', workThrough);
    while ((await work().catch(giveUp)) === false) {
      progress.set('work', 'running');
      await handlersFinished();
      await progress.continueAsNew<typeof runBulkOperation>({
        ...input,
        resumed: { isPaused: steer.wanted() === 'pause', total },
      });
    }
    const { note } = progress.stepOf('work');
    if (note) progress.set('work', 'done', { note });
    steer.end();
    // One that is under way is recorded before the end is.
    await handlersFinished();
    await progress.step('record', () => db.endBulkRound({ operationId }));
    await finish(progress, steer.wanted() === 'abort' ? 'stopped' : 'done');
    return { operationId };
  });
}
