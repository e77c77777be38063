import type { Tx } from '../../scope.ts';
import { one } from '../shared/rows.ts';

/** A request for approval is no call yet: once approved, the call is recorded on its own. */
export const isCall = `outcome <> 'approval.required'`;

/** Refusals of the gateway, as `recordCall` is told them. */
export const rejectedCodes = `(outcome in ('tool.not-found', 'tool.not-enabled', 'tool.not-allowed', 'tool.quarantined',
  'tool.arguments-invalid', 'tool.rate-limited', 'tool.circuit-open') or outcome like 'connection.%'
  or outcome like 'approval.%' or outcome like 'server.%')`;

/**
 * Times are kept in buckets, each a tenth wider than the one before: the middle of a bucket is off by a twentieth at
 * most, and sums of buckets are the buckets of sums.
 */
const growth = '1.1::float8';

/** The bucket of `ms`, from 1 on. */
const bucketOf = `(1 + ceil(ln(greatest(ms, 1)::float8) / ln(${growth})))::int`;

/** The middle of a bucket, in milliseconds. */
export const medianOf = (bucket: string) =>
  `round(2 * power(${growth}, ${bucket} - 1) / (1 + ${growth}))::int`;

/** Two lists of counts, place by place. */
const added = `(select array_agg(coalesce(a, 0) + coalesce(b, 0) order by place)
  from unnest(mcp_call_rollups.times, excluded.times) with ordinality as both_of (a, b, place))`;

const sumUp = `
  with gone as (
    delete from mcp_calls where (tenant_id, id) in (
      select tenant_id, id from mcp_calls where at < :before order by at limit :limit for update skip locked)
    returning tenant_id, (at at time zone 'UTC')::date as day, server, tool, outcome, ms, at
  ), timed as (
    select tenant_id, day, server, tool, ${bucketOf} as bucket, count(*)::int as n
    from gone where ${isCall} and not ${rejectedCodes} group by 1, 2, 3, 4, 5
  ), spread as (
    select tenant_id, day, server, tool, array_agg(coalesce(n, 0) order by place) as times
    from (select tenant_id, day, server, tool, generate_series(1, max(bucket)) as place
          from timed group by 1, 2, 3, 4) as places
    left join (select tenant_id, day, server, tool, bucket as place, n from timed) as counts
      using (tenant_id, day, server, tool, place)
    group by 1, 2, 3, 4
  ), summed as (
    insert into mcp_call_rollups (tenant_id, day, server, tool, calls, refused, errors, times, last_at)
    select tenant_id, day, server, tool, count(*), count(*) filter (where ${rejectedCodes}),
           count(*) filter (where outcome <> 'ok' and not ${rejectedCodes}), coalesce(min(times), '{}'), max(at)
    from gone left join spread using (tenant_id, day, server, tool)
    where ${isCall}
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (tenant_id, day, server, tool) do update set
      calls = mcp_call_rollups.calls + excluded.calls, refused = mcp_call_rollups.refused + excluded.refused,
      errors = mcp_call_rollups.errors + excluded.errors, times = coalesce(${added}, '{}'),
      last_at = greatest(mcp_call_rollups.last_at, excluded.last_at)
  )
  select count(*) as removed from gone`;

/** Turns calls from before a moment into their sums, oldest first; how many. Each is one or the other at any time. */
export async function rollUpCalls(
  tx: Tx,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  const { removed } = await one<{ removed: number }>(tx.sql.raw(sumUp, { before, limit }));
  return removed;
}
