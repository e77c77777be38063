import { bucketGrowth, type RunSum } from '../../domain/runs/analytics.ts';
import type { Tx } from '../../scope.ts';
import { all } from '../shared/rows.ts';

export interface SumFilter {
  /** The first and the last day, UTC: `2026-11-22`. */
  from: string;
  to: string;
  process?: string | undefined;
  version?: string | undefined;
}

const bucketOf = (ms: string) => `floor(ln(greatest(${ms}, 1)) / ln(${bucketGrowth}::float8))::int`;

/**
 * Sums of runs within reach, read from the runs themselves. A step took the time since the step before it ended, so that
 * waiting counts too. Skipped steps are left out, and days that `except` names.
 */
const sumRuns = (from: string, where = '') => `
  with ended as (
    select r.tenant_id, r.run_id, (r.closed_at at time zone 'UTC')::date as day, r.process,
           coalesce(r.version, '') as version, r.state, r.attempts, r.started_at,
           extract(epoch from r.closed_at - r.started_at) * 1000 as ms
    from ${from} ${where}
  ), steps as (
    select e.day, e.process, e.version, s.step, s.state, s.cause, s.attempts, s.ms
    from ended e cross join lateral (
      select step, state, coalesce(error_code, '') as cause, attempts,
             extract(epoch from since - greatest(e.started_at, lag(since, 1, e.started_at)
               over (order by since, position))) * 1000 as ms
      from run_steps where tenant_id = e.tenant_id and run_id = e.run_id
        and state in ('done', 'failed', 'refused', 'needsAttention')
    ) s
  ), both_kinds as (
    select day, process, version, '' as step, state, '' as cause, ms, attempts from ended
    union all select day, process, version, step, state, cause, ms, attempts from steps
  )
  select day, process, version, step, state, cause, ${bucketOf('ms')} as bucket,
         count(*)::int as runs, (count(*) filter (where attempts > 1))::int as retried
  from both_kinds group by 1, 2, 3, 4, 5, 6, 7`;

/** Runs that ended from the first to the last day. */
const inPeriod = `runs r where r.closed_at >= cast(:from as timestamp) at time zone 'UTC'
  and r.closed_at < (cast(:to as timestamp) + interval '1 day') at time zone 'UTC'`;
/** Of them, those on days that are not summed: day by day, as there are few. */
const notSummed = `(
    select cast(d as timestamp) as day from generate_series(cast(:from as timestamp), cast(:to as timestamp), '1 day') d
    where not exists (select 1 from run_sum_days where day = d::date)
  ) open join runs r on r.closed_at >= open.day at time zone 'UTC'
    and r.closed_at < (open.day + interval '1 day') at time zone 'UTC'`;

const narrowed = ({ process, version }: SumFilter) =>
  `${process === undefined ? '' : 'and process = :process'} ${version === undefined ? '' : 'and version = :version'}`;

/** Counts what is not stored: of runs within reach, such as a partner's, or of one tenant. */
export async function listWithin(
  tx: Tx,
  filter: SumFilter & { tenantId?: string | undefined },
): Promise<RunSum[]> {
  const ofTenant = filter.tenantId === undefined ? '' : 'and r.tenant_id = :tenantId';
  return all<RunSum>(
    tx.sql.raw(
      `select to_char(day, 'YYYY-MM-DD') as day, process, version, step, state, cause, bucket, runs, retried
       from (${sumRuns(inPeriod, ofTenant)}) counted where true ${narrowed(filter)}`,
      { ...filter },
    ),
  );
}

/** Sums over all tenants: the stored ones, and counted ones of days that are not summed yet. */
export async function listOfPlatform(tx: Tx, filter: SumFilter): Promise<RunSum[]> {
  return all<RunSum>(
    tx.sql.raw(
      `select to_char(day, 'YYYY-MM-DD') as day, process, version, step, state, cause, bucket, runs, retried from (
         select s.* from run_sums s join run_sum_days using (day)
           where day between cast(:from as date) and cast(:to as date)
         union all select * from (${sumRuns(notSummed)}) counted
       ) found where true ${narrowed(filter)}`,
      { ...filter },
    ),
  );
}

/** Held until the end of the transaction: what is written while days are summed would be missing from their sums. */
const holdSums = (tx: Tx) => tx.sql.raw(`select pg_advisory_xact_lock(hashtext('run_sums'))`);

/** So many days are summed at once; more wait for the next time. */
const daysAtOnce = 10;

/** Sums days that ended before `readUpTo`, the moment up to which the projection is complete. How many it were. */
export async function sumEndedDays(tx: Tx, readUpTo: Date): Promise<number> {
  await holdSums(tx);
  const days = await all<{ day: string }>(
    tx.sql.raw(
      `select to_char(day, 'YYYY-MM-DD') as day
       from (select distinct (closed_at at time zone 'UTC')::date as day from runs
             where closed_at < date_trunc('day', cast(:readUpTo as timestamptz), 'UTC')) ended
       where not exists (select 1 from run_sum_days d where d.day = ended.day)
       order by day desc limit :daysAtOnce`,
      { readUpTo, daysAtOnce },
    ),
  );
  for (const { day } of days) {
    await tx.sql('run_sums').where({ day }).delete();
    await tx.sql.raw(
      `insert into run_sums (day, process, version, step, state, cause, bucket, runs, retried) ${sumRuns(inPeriod)}`,
      { from: day, to: day },
    );
    await tx.sql('run_sum_days').insert({ day });
  }
  return days.length;
}

/** Days whose runs are about to be written again, in this transaction, are summed again. Called before the writing. */
export async function forgetDays(tx: Tx, days: readonly string[]): Promise<void> {
  if (days.length === 0) return;
  await holdSums(tx);
  await tx
    .sql('run_sum_days')
    .whereIn('day', days as string[])
    .delete();
}

/** Drops all sums. */
export async function removeAll(tx: Tx): Promise<void> {
  await tx.sql('run_sum_days').delete();
  await tx.sql('run_sums').delete();
}
