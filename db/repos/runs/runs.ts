import type { Knex } from 'knex';
import type { Tx } from '../../scope.ts';
import type { Page, Paging } from '../../domain/common.ts';
import { AppError } from '../../domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../domain/ids.ts';
import type { NextKind, Progress, RunState, StepState, WaitKind } from '../../domain/progress.ts';
import { keysetPage } from '../shared/paging.ts';
import { all, first, snake } from '../shared/rows.ts';
import { matchesText } from '../shared/search.ts';
import { behindFigure, type BehindFigure, isLate } from './behind.ts';
import * as sums from './sums.ts';

export interface Run {
  tenantId: string;
  runId: string;
  workflowId: string;
  process: string;
  subject: string;
  actorId: string | null;
  /** Build of the worker that was last at it; null where Temporal does not tell. */
  version: string | null;
  state: RunState;
  currentStep: string | null;
  needsAttention: boolean;
  attempts: number;
  nextKind: NextKind | null;
  nextAt: Date | null;
  startedAt: Date;
  closedAt: Date | null;
  changedAt: Date;
}

export interface RunStep {
  step: string;
  state: StepState;
  since: Date;
  attempts: number;
  waitingFor: WaitKind | null;
  errorCode: string | null;
  errorMessage: string | null;
}

export type ListedRun = Run & { tenantName: string | null };

export interface RunFilter extends Paging, BehindFigure {
  process?: string | undefined;
  state?: RunState | undefined;
  tenantId?: string | undefined;
  /** Who started it. */
  actorId?: string | undefined;
  /** Only of this partner's tenants and of the platform itself. */
  partnerId?: string | undefined;
  q?: string | undefined;
  needsAttention?: boolean | undefined;
  /** Oldest first instead of newest first. */
  oldestFirst?: boolean | undefined;
}

const runColumns = [
  'tenant_id',
  'run_id',
  'workflow_id',
  'process',
  'subject',
  'actor_id',
  'version',
  'state',
  'current_step',
  'needs_attention',
  'attempts',
  'next_kind',
  'next_at',
  'started_at',
  'closed_at',
  'changed_at',
].map((column) => `r.${column}`);

/** Milliseconds: a run that ends this soon ended while the person was watching. */
const seenBySelf = '5 seconds';

/** Whether a run this person started has ended since, other than immediately. */
export async function hasEndedSince(tx: Tx, actorId: string, since: Date): Promise<boolean> {
  const ended = await first(
    tx
      .sql('runs')
      .where({ actor_id: actorId })
      .where('closed_at', '>', since)
      .whereRaw('closed_at - started_at > cast(? as interval)', [seenBySelf])
      .select(tx.sql.raw('1'))
      .limit(1),
  );
  return ended !== null;
}

/** A search looks at the tenant's name and at the ids of run, workflow and subject. */
async function restrict(tx: Tx, query: Knex.QueryBuilder, filter: Omit<RunFilter, keyof Paging>) {
  if (filter.process) void query.where('r.process', filter.process);
  if (filter.state) void query.where('r.state', filter.state);
  if (filter.tenantId) void query.where('r.tenant_id', filter.tenantId);
  if (filter.actorId) void query.where('r.actor_id', filter.actorId);
  if (filter.partnerId) {
    const { partnerId } = filter;
    void query.where((any) =>
      any.where('t.partner_id', partnerId).orWhere('r.tenant_id', PLATFORM_TENANT_ID),
    );
  }
  if (filter.needsAttention) void query.where('r.needs_attention', true);
  if (filter.lateSteps) isLate(query, filter.lateSteps);
  behindFigure(query, filter);
  if (filter.q) {
    const { q } = filter;
    const named = await matchesText(tx, 'tenants', ['name'], q);
    void query.where((any) => {
      void any.whereIn('r.tenant_id', named.ids);
      for (const column of ['r.run_id', 'r.workflow_id', 'r.subject']) void any.orWhere(column, q);
    });
  }
}

export async function list(tx: Tx, filter: RunFilter): Promise<Page<ListedRun>> {
  const query = tx
    .sql('runs as r')
    .leftJoin('tenants as t', 't.id', 'r.tenant_id')
    .select(
      ...runColumns,
      't.name as tenant_name',
      tx.sql.raw('r.started_at::text as key_0'),
      'r.run_id as key_1',
    );
  await restrict(tx, query, filter);
  return keysetPage<ListedRun>(query, {
    columns: ['r.started_at', 'r.run_id'],
    types: ['timestamptz', 'text'],
    descending: !filter.oldestFirst,
    cursor: filter.cursor,
    limit: filter.limit,
    counted: filter.counted,
  });
}

/** Ids of the runs that filters find, by id, one more than `limit` where there are more. */
export async function ids(tx: Tx, filter: Omit<RunFilter, keyof Paging>, limit: number): Promise<string[]> {
  const query = tx
    .sql('runs as r')
    .leftJoin('tenants as t', 't.id', 'r.tenant_id')
    .orderBy('r.run_id')
    .limit(limit + 1)
    .select('r.run_id');
  await restrict(tx, query, filter);
  return (await all<{ runId: string }>(query)).map(({ runId }) => runId);
}

export async function get(tx: Tx, runId: string): Promise<ListedRun> {
  const row = await first<ListedRun>(
    tx
      .sql('runs as r')
      .leftJoin('tenants as t', 't.id', 'r.tenant_id')
      .where('r.run_id', runId)
      .select(...runColumns, 't.name as tenant_name'),
  );
  if (!row) throw new AppError('run.not-found');
  return row;
}

/** The given runs within reach, in no order. */
export async function listOf(tx: Tx, ids: readonly string[]): Promise<ListedRun[]> {
  if (ids.length === 0) return [];
  return all<ListedRun>(
    tx
      .sql('runs as r')
      .leftJoin('tenants as t', 't.id', 'r.tenant_id')
      .whereIn('r.run_id', ids as string[])
      .select(...runColumns, 't.name as tenant_name'),
  );
}

/** The newest run with this id or workflow id; null where the projection does not know one yet. */
export async function findNewest(tx: Tx, id: string): Promise<ListedRun | null> {
  return first<ListedRun>(
    tx
      .sql('runs as r')
      .leftJoin('tenants as t', 't.id', 'r.tenant_id')
      .where((any) => any.where('r.run_id', id).orWhere('r.workflow_id', id))
      .orderBy('r.started_at', 'desc')
      .limit(1)
      .select(...runColumns, 't.name as tenant_name'),
  );
}

export async function listSteps(tx: Tx, runId: string): Promise<RunStep[]> {
  return all<RunStep>(
    tx
      .sql('run_steps')
      .where({ run_id: runId })
      .orderBy('position')
      .select('step', 'state', 'since', 'attempts', 'waiting_for', 'error_code', 'error_message'),
  );
}

/** Other runs of the same workflow id, and those whose ids are given; newest first. */
export async function listRelated(
  tx: Tx,
  { workflowId, runId, others }: { workflowId: string; runId: string; others: readonly string[] },
): Promise<ListedRun[]> {
  return all<ListedRun>(
    tx
      .sql('runs as r')
      .leftJoin('tenants as t', 't.id', 'r.tenant_id')
      .where((any) => any.where('r.workflow_id', workflowId).orWhereIn('r.run_id', others as string[]))
      .whereNot('r.run_id', runId)
      .orderBy('r.started_at', 'desc')
      .limit(100)
      .select(...runColumns, 't.name as tenant_name'),
  );
}

/** Open runs of each process. */
export async function countOpen(tx: Tx): Promise<Map<string, number>> {
  const rows = await all<{ process: string; n: number }>(
    tx.sql('runs').whereNull('closed_at').groupBy('process').select('process').count('* as n'),
  );
  return new Map(rows.map(({ process, n }) => [process, n]));
}

/** Stores the state of a run from Temporal; an older state never overwrites a newer one. */
export async function upsert(tx: Tx, run: Run, steps: Progress['steps']): Promise<void> {
  const values = snake({ ...run });
  const written = await tx
    .sql('runs')
    .insert(values)
    .onConflict(['tenant_id', 'run_id'])
    .merge()
    .whereRaw('runs.changed_at <= excluded.changed_at')
    .returning('run_id');
  if (written.length === 0) return;
  await tx.sql('run_steps').where({ tenant_id: run.tenantId, run_id: run.runId }).delete();
  if (steps.length === 0) return;
  await tx.sql('run_steps').insert(
    steps.map((step, position) => ({
      tenant_id: run.tenantId,
      run_id: run.runId,
      position,
      step: step.key,
      state: step.state,
      since: step.since,
      attempts: step.attempts,
      waiting_for: step.waitingFor ?? null,
      error_code: step.error?.code ?? null,
      error_message: step.error?.message ?? null,
    })),
  );
}

/** The stored state of the given runs, to tell new from known. */
export async function findKnown(
  tx: Tx,
  runIds: readonly string[],
): Promise<Map<string, Pick<Run, 'state' | 'currentStep' | 'changedAt'>>> {
  const rows = await all<Pick<Run, 'runId' | 'state' | 'currentStep' | 'changedAt'>>(
    tx
      .sql('runs')
      .whereIn('run_id', runIds as string[])
      .select('run_id', 'state', 'current_step', 'changed_at'),
  );
  return new Map(rows.map(({ runId, ...run }) => [runId, run]));
}

export async function removeAll(tx: Tx): Promise<void> {
  await sums.removeAll(tx);
  await tx.sql('run_steps').delete();
  await tx.sql('runs').delete();
  await tx.sql('projections').where({ name: 'runs' }).delete();
}

/** The moment up to which the projection has read Temporal. */
export async function findCursor(tx: Tx): Promise<Date | null> {
  const row = await first<{ cursorAt: Date }>(
    tx.sql('projections').where({ name: 'runs' }).select('cursor_at'),
  );
  return row?.cursorAt ?? null;
}

export async function putCursor(tx: Tx, cursorAt: Date): Promise<void> {
  await tx.sql('projections').insert({ name: 'runs', cursor_at: cursorAt }).onConflict('name').merge();
}

/** Advances the cursor; never back, and not while the projection is being rebuilt. */
export async function moveCursor(tx: Tx, cursorAt: Date): Promise<void> {
  await tx
    .sql('projections')
    .where({ name: 'runs' })
    .where('cursor_at', '<', cursorAt)
    .update({ cursor_at: cursorAt });
}
