import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { AppError, type ErrorCode, errorTable, isErrorCode } from '../../db/domain/errors.ts';
import type { BulkItemState } from '../../db/domain/runs/bulk-operation.ts';
import * as items from '../../db/repos/runs/bulk/items.ts';
import * as operations from '../../db/repos/runs/bulk/operations.ts';
import type { Tx } from '../../db/scope.ts';
import type { Deps } from '../deps.ts';
import { actingIn } from './attribution.ts';

/** What a capability's activity is asked for: work through the next items of an operation. */
export interface BatchRequest {
  operationId: string;
  size: number;
  /** The time of the workflow, by which items are tried again; epoch milliseconds. */
  nowMs: number;
}

export interface BatchResult {
  /** Items that had a turn. */
  worked: number;
  /** Items still to come, and how long until the first of them may be tried; milliseconds. */
  open: number;
  waitMs: number;
}

/** One item whose turn it is. */
export interface Turn {
  operation: operations.BulkOperation;
  item: items.BulkItem;
}

/** So many items of a batch are worked on at the same time. */
const abreast = 5;
/** After so many attempts an item is given up; a retry of the operation tries it again. */
const mostAttempts = 6;
const longestPauseMs = 15_000;

/** The code of a certain refusal; null for a failure that may pass, or that says nothing of the outcome. */
function refusalIn(error: unknown): ErrorCode | null {
  if (error instanceof AppError) return errorTable[error.code].retryable ? null : error.code;
  if (error instanceof ApplicationFailure && error.nonRetryable && isErrorCode(error.type)) return error.type;
  return null;
}

/** Ends an item after a failure, or gives it another attempt later. */
async function settleFailure(
  deps: Deps,
  { operation, item }: Turn,
  error: unknown,
  { isOutside, nowMs }: { isOutside: boolean; nowMs: number },
): Promise<void> {
  const refusal = refusalIn(error);
  const code = error instanceof AppError ? error.code : 'service.unavailable';
  const isGivenUp = refusal !== null || item.attempts + 1 >= mostAttempts;
  await deps.db.inScope(actingIn('platform', operation.actor), async (tx) => {
    if (!isOutside) await items.countAttempt(tx, item);
    if (!isGivenUp) {
      const pauseMs = Math.min(1_000 * 2 ** item.attempts, longestPauseMs);
      return items.postpone(tx, item, new Date(nowMs + pauseMs), code);
    }
    const isUnknown = refusal === 'bulk.outcome-unknown' || (refusal === null && isOutside);
    const state: BulkItemState = item.state === 'undoing' ? 'kept' : isUnknown ? 'unknown' : 'failed';
    await items.settle(tx, item, { state, code: isUnknown ? 'bulk.outcome-unknown' : (refusal ?? code) });
  });
  if (refusal === null)
    deps.log.warn({ err: error, operationId: operation.id }, 'an item will be tried again');
}

/** Works through the next items of an operation, a few at a time; what goes wrong with one costs that one only. */
async function workBatch(
  deps: Deps,
  { operationId, size, nowMs }: BatchRequest,
  kind: { isOutside: boolean },
  work: (turn: Turn) => Promise<void>,
): Promise<BatchResult> {
  const scope = actingIn('platform');
  const { operation, next } = await deps.db.inScope({ ...scope, readOnly: true }, async (tx) => ({
    operation: await operations.get(tx, operationId),
    next: await items.listNext(tx, operationId, { limit: size, now: new Date(nowMs) }),
  }));
  const { cancellationSignal } = Context.current();
  const waiting = [...next];
  const worker = async () => {
    for (let item = waiting.shift(); item && !cancellationSignal.aborted; item = waiting.shift()) {
      const turn = { operation, item };
      await work(turn).catch((error: unknown) => settleFailure(deps, turn, error, { ...kind, nowMs }));
    }
  };
  await Promise.all(Array.from({ length: abreast }, worker));
  const { open, waitMs } = await deps.db.inScope({ ...scope, readOnly: true }, (tx) =>
    items.countOpen(tx, operationId, new Date(nowMs)),
  );
  return { worked: next.length, open, waitMs };
}

/**
 * Effects in the database: the item is locked, changed and settled in one transaction with its events, so it happens
 * once whatever is killed when. `effect` answers with what undoing it needs to know.
 */
export function workInside(
  deps: Deps,
  request: BatchRequest,
  effect: (tx: Tx, turn: Turn) => Promise<Record<string, unknown> | null>,
): Promise<BatchResult> {
  return workBatch(deps, request, { isOutside: false }, ({ operation, item: { position } }) =>
    deps.db.inScope(actingIn('platform', operation.actor), async (tx) => {
      const item = await items.lockOpen(tx, { operationId: operation.id, position });
      if (!item) return;
      const before = await effect(tx, { operation, item });
      const state = item.state === 'undoing' ? 'undone' : 'done';
      await items.settle(tx, item, { state, ...(before && { before }) });
    }),
  );
}

/** These say how things are now; whether an earlier attempt was taken they do not say. */
const sayNothing: readonly string[] = ['tenant.not-found', 'run.not-found', 'permission.denied', 'run.ended'];

/**
 * Effects in other systems: the attempt is noted first, then asked for under a key that is the item's, so that the other
 * side does it once; then it is settled. `effect` may answer with what to record in the transaction that settles it.
 */
export function workOutside(
  deps: Deps,
  request: BatchRequest,
  effect: (turn: Turn, key: string) => Promise<((tx: Tx) => void) | undefined>,
): Promise<BatchResult> {
  return workBatch(deps, request, { isOutside: true }, async ({ operation, item: { position } }) => {
    const scope = actingIn('platform', operation.actor);
    const item = await deps.db.inScope(scope, async (tx) => {
      const locked = await items.lockOpen(tx, { operationId: operation.id, position });
      if (locked) await items.countAttempt(tx, locked);
      return locked;
    });
    if (!item) return;
    const key = `${operation.id}/${item.itemId}/${item.keyRound}`;
    const record = await effect({ operation, item }, key).catch((error: unknown) => {
      const code = refusalIn(error);
      if (item.attempts === 0 || code === null || !sayNothing.includes(code)) throw error;
      throw new AppError('bulk.outcome-unknown', { cause: error });
    });
    await deps.db.inScope(scope, async (tx) => {
      if (await items.settle(tx, item, { state: 'done' })) record?.(tx);
    });
  });
}
