import type { Actor } from '../../../domain/actor.ts';
import type { BulkKey } from '../../../domain/bulk.ts';
import type { Page, Paging } from '../../../domain/common.ts';
import { AppError } from '../../../domain/errors.ts';
import type { BulkCounts, BulkRound, BulkState } from '../../../domain/runs/bulk-operation.ts';
import type { Tx } from '../../../scope.ts';
import { keysetPage } from '../../shared/paging.ts';
import { first } from '../../shared/rows.ts';

/** Operations are of the platform: every function here needs its reach, and `BulkReader` says whose are read. */

export interface BulkOperation {
  id: string;
  operation: BulkKey;
  parameters: Record<string, string | number>;
  /** As in the address of the list; null where the items were named one by one. */
  filter: Record<string, string> | null;
  reason: string;
  /** In whose name the newest round acts. */
  actor: Actor;
  startedBy: string;
  /** Whose tenants it reaches; null: all. */
  partnerId: string | null;
  state: BulkState;
  doing: BulkRound;
  round: number;
  pacePerMinute: number;
  total: number;
  /** Of the run of the newest round. */
  workflowId: string;
  startedAt: Date;
  endedAt: Date | null;
}
export type ListedBulkOperation = BulkOperation & { counts: BulkCounts; startedByName: string | null };

/** Whose operations a person reads: a partner's own, else all; only of kinds that the person may run. */
export interface BulkReader {
  partnerId: string | null;
  operations: readonly BulkKey[];
}

const columns = [
  'id',
  'operation',
  'parameters',
  'filter',
  'reason',
  'actor',
  'started_by',
  'partner_id',
  'state',
  'doing',
  'round',
  'pace_per_minute',
  'total',
  'workflow_id',
  'started_at',
  'ended_at',
].map((column) => `o.${column}`);

/** Counted anew while a round runs. */
const counts = `coalesce(o.counts, (
  select jsonb_object_agg(c.state, c.n)
  from (select i.state, count(*) as n from bulk_operation_items i where i.operation_id = o.id group by 1) c), '{}') as counts`;

type NewOperation = Pick<
  BulkOperation,
  | 'id'
  | 'operation'
  | 'parameters'
  | 'filter'
  | 'reason'
  | 'actor'
  | 'startedBy'
  | 'partnerId'
  | 'pacePerMinute'
  | 'total'
  | 'workflowId'
>;

export async function insert(tx: Tx, operation: NewOperation): Promise<void> {
  const { parameters, filter, actor } = operation;
  await tx.sql('bulk_operations').insert({
    id: operation.id,
    operation: operation.operation,
    parameters: JSON.stringify(parameters),
    filter: filter && JSON.stringify(filter),
    reason: operation.reason,
    actor: JSON.stringify(actor),
    started_by: operation.startedBy,
    partner_id: operation.partnerId,
    state: 'running',
    doing: 'apply',
    pace_per_minute: operation.pacePerMinute,
    total: operation.total,
    workflow_id: operation.workflowId,
  });
}

export async function find(tx: Tx, id: string): Promise<BulkOperation | null> {
  return first<BulkOperation>(tx.sql('bulk_operations as o').where('o.id', id).select(columns));
}

/** Throws `bulk.not-found`. */
export async function get(tx: Tx, id: string): Promise<BulkOperation> {
  const found = await find(tx, id);
  if (!found) throw new AppError('bulk.not-found');
  return found;
}

/** The operation, locked until the end of the transaction. Throws `bulk.not-found`. */
export async function lock(tx: Tx, id: string): Promise<BulkOperation> {
  const found = await first<BulkOperation>(
    tx.sql('bulk_operations as o').where('o.id', id).forUpdate().select(columns),
  );
  if (!found) throw new AppError('bulk.not-found');
  return found;
}

const listed = (tx: Tx, { partnerId, operations }: BulkReader) => {
  const query = tx
    .sql('bulk_operations as o')
    .leftJoin('users as u', 'u.id', 'o.started_by')
    .whereIn('o.operation', operations as BulkKey[])
    .select(...columns, 'u.name as started_by_name', tx.sql.raw(counts));
  return partnerId === null ? query : query.where('o.partner_id', partnerId);
};

/** The newest first. */
export async function list(
  tx: Tx,
  reader: BulkReader,
  filter: Paging & { state?: BulkState | undefined; operation?: BulkKey | undefined },
): Promise<Page<ListedBulkOperation>> {
  const query = listed(tx, reader).select(tx.sql.raw('o.started_at::text as key_0'), 'o.id as key_1');
  if (filter.state) void query.where('o.state', filter.state);
  if (filter.operation) void query.where('o.operation', filter.operation);
  return keysetPage<ListedBulkOperation>(query, {
    columns: ['o.started_at', 'o.id'],
    types: ['timestamptz', 'text'],
    descending: true,
    cursor: filter.cursor,
    limit: filter.limit,
    counted: filter.counted,
  });
}

/** One that the reader may see. Throws `bulk.not-found` for every other. */
export async function read(tx: Tx, reader: BulkReader, id: string): Promise<ListedBulkOperation> {
  const found = await first<ListedBulkOperation>(listed(tx, reader).where('o.id', id));
  if (!found) throw new AppError('bulk.not-found');
  return found;
}

export async function setState(tx: Tx, id: string, state: BulkState): Promise<void> {
  await tx.sql('bulk_operations').where({ id }).update({ state });
}

/** A new round of work on an operation, in the name of who asked for it. */
export async function beginRound(
  tx: Tx,
  id: string,
  round: { doing: BulkRound; round: number; actor: Actor; workflowId: string },
): Promise<void> {
  const { doing, actor, workflowId } = round;
  await tx
    .sql('bulk_operations')
    .where({ id })
    .update({
      doing,
      round: round.round,
      actor: JSON.stringify(actor),
      workflow_id: workflowId,
      state: 'running',
      counts: null,
      ended_at: null,
    });
}

/** The end of a round, with how its items went. */
export async function end(tx: Tx, id: string, state: BulkState, counted: BulkCounts): Promise<void> {
  await tx
    .sql('bulk_operations')
    .where({ id })
    .update({ state, counts: JSON.stringify(counted), ended_at: tx.sql.fn.now() });
}
