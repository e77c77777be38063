import type { Knex } from 'knex';
import type { Tx } from '../../scope.ts';
import { one } from '../shared/rows.ts';

/** How long a step of a process is expected to take at most. */
export interface ExpectedStep {
  process: string;
  step: string;
  lateAfterMs: number;
}

/** What a figure of the analytics counts. */
export interface BehindFigure {
  /** Only those that ended on these days, UTC: `2026-11-22`, both included. */
  endedFrom?: string | undefined;
  endedTo?: string | undefined;
  /** Only those that were worked on by this build last. */
  version?: string | undefined;
  /** Only those with this step in an end of its own, `failed` or `done`, for this cause. */
  step?: string | undefined;
  cause?: string | undefined;
  /** Only those that needed more than one attempt. */
  retried?: boolean | undefined;
  /** Only those that took longer, in milliseconds. */
  slowerThanMs?: number | undefined;
  /** Only those whose current step takes longer than it is expected to. */
  lateSteps?: readonly ExpectedStep[] | undefined;
}

/** Narrows a list of runs to those behind a figure. */
export function behindFigure(query: Knex.QueryBuilder, filter: BehindFigure): void {
  const { endedFrom, endedTo, version, step, cause, retried, slowerThanMs } = filter;
  if (endedFrom) void query.whereRaw(`r.closed_at >= cast(? as timestamp) at time zone 'UTC'`, [endedFrom]);
  if (endedTo)
    void query.whereRaw(`r.closed_at < (cast(? as timestamp) + interval '1 day') at time zone 'UTC'`, [
      endedTo,
    ]);
  if (version) void query.where('r.version', version);
  if (retried) void query.where('r.attempts', '>', 1);
  if (slowerThanMs !== undefined)
    void query.whereRaw(`r.closed_at - r.started_at > ? * interval '1 millisecond'`, [slowerThanMs]);
  if (cause) {
    // The few runs of a cause are found first: the order of the list would lead through all others.
    void query.whereRaw(
      `r.run_id = any(array(select run_id from run_steps where error_code = ?
         and state in ('failed', 'refused', 'needsAttention') ${step ? 'and step = ?' : ''}))`,
      step ? [cause, step] : [cause],
    );
  } else if (step) {
    void query.where('r.current_step', step);
  }
}

/** Open runs at a step that takes longer than it is expected to. */
export function isLate(query: Knex.QueryBuilder, expected: readonly ExpectedStep[]): void {
  // Few steps are late: they are found first, by their own index, and only then their runs (`offset 0` keeps that order).
  void query.whereNull('r.closed_at').whereRaw(
    `r.run_id = any(array(
       select s.run_id
       from jsonb_to_recordset(cast(? as jsonb)) as e(process text, step text, "lateAfterMs" float8)
       cross join lateral (
         select tenant_id, run_id from run_steps
         where step = e.step and state in ('running', 'waiting', 'needsAttention')
           and since < now() - e."lateAfterMs" * interval '1 millisecond' offset 0
       ) s
       where exists (
         select 1 from runs where tenant_id = s.tenant_id and run_id = s.run_id and process = e.process offset 0
       )))`,
    [JSON.stringify(expected)],
  );
}

/** More late runs than this are not counted one by one. */
export const mostLate = 1_000;

/** Open runs at a step that takes longer than it is expected to; how many, at most `mostLate`. */
export async function countLate(
  tx: Tx,
  expected: readonly ExpectedStep[],
  { process, tenantId }: { process?: string | undefined; tenantId?: string | undefined },
): Promise<number> {
  const query = tx.sql('runs as r').select(tx.sql.raw('1')).limit(mostLate);
  isLate(query, expected);
  if (process) void query.where('r.process', process);
  if (tenantId) void query.where('r.tenant_id', tenantId);
  return (await one<{ n: number }>(tx.sql.raw('select count(*)::int as n from (?) late', [query]))).n;
}
