import type { Page, Paging } from '../../../domain/common.ts';
import {
  type BulkCandidate,
  type BulkCounts,
  type BulkItemState,
  failedItemStates,
  openItemStates,
} from '../../../domain/runs/bulk-operation.ts';
import type { Tx } from '../../../scope.ts';
import { keysetPage } from '../../shared/paging.ts';
import { all, first } from '../../shared/rows.ts';

export interface BulkItem {
  operationId: string;
  position: number;
  itemId: string;
  state: BulkItemState;
  /** A code of the error table. */
  code: string | null;
  attempts: number;
  keyRound: number;
  before: Record<string, unknown> | null;
  changedAt: Date;
}

const columns = [
  'operation_id',
  'position',
  'item_id',
  'state',
  'code',
  'attempts',
  'key_round',
  'before',
  'changed_at',
].map((column) => `i.${column}`);

/** Rows per statement. */
const batch = 1_000;

/** Stores what an operation is about, in this order; what is left out has its end already. */
export async function insertAll(tx: Tx, operationId: string, items: readonly BulkCandidate[]): Promise<void> {
  for (let from = 0; from < items.length; from += batch)
    await tx.sql('bulk_operation_items').insert(
      items.slice(from, from + batch).map(({ id, leftOut }, index) => ({
        operation_id: operationId,
        position: from + index,
        item_id: id,
        state: leftOut ? 'skipped' : 'pending',
        code: leftOut,
      })),
    );
}

const one = ({ operationId, position }: Pick<BulkItem, 'operationId' | 'position'>) => ({
  operation_id: operationId,
  position,
});

/** Items whose turn is next. */
export async function listNext(
  tx: Tx,
  operationId: string,
  { limit, now }: { limit: number; now: Date },
): Promise<BulkItem[]> {
  return all<BulkItem>(
    tx
      .sql('bulk_operation_items as i')
      .where('i.operation_id', operationId)
      .whereIn('i.state', openItemStates as BulkItemState[])
      .whereRaw('(i.retry_at is null or i.retry_at <= ?)', [now])
      .orderBy('i.position')
      .limit(limit)
      .select(columns),
  );
}

/** How many are still to come, and how long until the first of them may be tried; milliseconds. */
export async function countOpen(
  tx: Tx,
  operationId: string,
  now: Date,
): Promise<{ open: number; waitMs: number }> {
  const found = await first<{ open: number; retryAt: Date | null }>(
    tx
      .sql('bulk_operation_items')
      .where({ operation_id: operationId })
      .whereIn('state', openItemStates as BulkItemState[])
      .select(tx.sql.raw('count(*)::integer as open'), tx.sql.raw('min(retry_at) as retry_at')),
  );
  const waitMs = found?.retryAt ? found.retryAt.getTime() - now.getTime() : 0;
  return { open: found?.open ?? 0, waitMs: Math.max(0, waitMs) };
}

/**
 * Locks an item until the end of the transaction; null where it has had its turn already, or its operation was paused or
 * aborted meanwhile: then it must not be worked on.
 */
export async function lockOpen(
  tx: Tx,
  item: Pick<BulkItem, 'operationId' | 'position'>,
): Promise<BulkItem | null> {
  return first<BulkItem>(
    tx
      .sql('bulk_operation_items as i')
      .join('bulk_operations as o', 'o.id', 'i.operation_id')
      .where({ 'i.operation_id': item.operationId, 'i.position': item.position, 'o.state': 'running' })
      .whereIn('i.state', openItemStates as BulkItemState[])
      .forUpdate('i')
      .select(columns),
  );
}

/** Notes the beginning of another attempt. The item must be locked. */
export async function countAttempt(tx: Tx, item: BulkItem): Promise<void> {
  await tx.sql('bulk_operation_items').where(one(item)).increment('attempts', 1);
}

/** The end of an item; nothing where it has one already. */
export async function settle(
  tx: Tx,
  item: Pick<BulkItem, 'operationId' | 'position'>,
  end: { state: BulkItemState; code?: string | null; before?: Record<string, unknown> },
): Promise<boolean> {
  const changed = await tx
    .sql('bulk_operation_items')
    .where(one(item))
    .whereIn('state', openItemStates as BulkItemState[])
    .update({
      state: end.state,
      code: end.code ?? null,
      retry_at: null,
      changed_at: tx.sql.fn.now(),
      ...(end.before && { before: JSON.stringify(end.before) }),
    });
  return changed > 0;
}

/** Tries an item again, not before a moment. */
export async function postpone(tx: Tx, item: BulkItem, until: Date, code: string): Promise<void> {
  await tx
    .sql('bulk_operation_items')
    .where(one(item))
    .whereIn('state', openItemStates as BulkItemState[])
    .update({ code, retry_at: until });
}

/**
 * Ends all whose turn will not come. What had been begun and may have been taken is `unknown`; an item that waited to be
 * undone is done as before.
 */
export async function endOpen(tx: Tx, operationId: string, { isOutside }: { isOutside: boolean }) {
  await tx.sql.raw(
    `update bulk_operation_items set
       state = case when state = 'undoing' then 'done' when attempts > 0 and :isOutside then 'unknown' else 'skipped' end,
       code = case when state = 'undoing' then null when attempts > 0 and :isOutside then 'bulk.outcome-unknown'
                   else 'bulk.aborted' end,
       retry_at = null, changed_at = now()
     where operation_id = :operationId and state in ('pending', 'undoing')`,
    { operationId, isOutside },
  );
}

/**
 * Gives failed items another turn. What was refused is asked for under a new key; what may have been taken keeps its
 * own, so that it happens once. How many there were.
 */
export async function reopenFailed(tx: Tx, operationId: string): Promise<number> {
  return tx
    .sql('bulk_operation_items')
    .where({ operation_id: operationId })
    .whereIn('state', failedItemStates as BulkItemState[])
    .update({
      key_round: tx.sql.raw(`key_round + case when state = 'failed' then 1 else 0 end`),
      state: 'pending',
      code: null,
      attempts: tx.sql.raw(`case when state = 'failed' then 0 else attempts end`),
      changed_at: tx.sql.fn.now(),
    });
}

/** Lets all that was done be undone. How many there are. */
export async function openForUndo(tx: Tx, operationId: string): Promise<number> {
  return tx
    .sql('bulk_operation_items')
    .where({ operation_id: operationId, state: 'done' })
    .update({ state: 'undoing', attempts: 0, changed_at: tx.sql.fn.now() });
}

export async function counts(tx: Tx, operationId: string): Promise<BulkCounts> {
  const rows = await all<{ state: BulkItemState; n: number }>(
    tx
      .sql('bulk_operation_items')
      .where({ operation_id: operationId })
      .groupBy('state')
      .select('state', tx.sql.raw('count(*)::integer as n')),
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

export interface BulkCause {
  state: BulkItemState;
  code: string;
  count: number;
}

/** Why items were not done, the most frequent cause first. */
export async function listCauses(tx: Tx, operationId: string): Promise<BulkCause[]> {
  return all<BulkCause>(
    tx
      .sql('bulk_operation_items')
      .where({ operation_id: operationId })
      .whereIn('state', ['skipped', 'failed', 'unknown', 'kept'])
      .groupBy('state', 'code')
      .orderByRaw('count(*) desc, state, code')
      .select(
        'state',
        tx.sql.raw(`coalesce(code, 'internal.unexpected') as code, count(*)::integer as count`),
      ),
  );
}

/** In the order in which they were chosen. */
export async function list(
  tx: Tx,
  operationId: string,
  filter: Paging & { state?: BulkItemState | undefined; code?: string | undefined },
): Promise<Page<BulkItem>> {
  const query = tx
    .sql('bulk_operation_items as i')
    .where('i.operation_id', operationId)
    .select(...columns, tx.sql.raw('i.position::text as key_0'), 'i.item_id as key_1');
  if (filter.state) void query.where('i.state', filter.state);
  if (filter.code) void query.where('i.code', filter.code);
  return keysetPage<BulkItem>(query, {
    columns: ['i.position', 'i.item_id'],
    types: ['integer', 'text'],
    descending: false,
    cursor: filter.cursor,
    limit: filter.limit,
    counted: filter.counted,
  });
}
