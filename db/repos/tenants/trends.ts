import type { Tx } from '../../scope.ts';
import { listCurrency } from '../../domain/billing/plans.ts';
import { dayMs } from '../../domain/time.ts';
import { all, one } from '../shared/rows.ts';

/** The history of the figures on Home: a value per day, the last one now. */
export interface Trends {
  live: number[];
  onboarding: number[];
  /** Monthly recurring revenue in minor units. */
  mrrMinor: number[];
}

interface Change {
  figure: keyof Trends;
  /** Whole days that have passed since. */
  daysAgo: number;
  change: number;
}

/** Everything that has changed a figure since a moment; what happened long ago is in the figure of today. */
const changes = `
  select 'live' as figure, occurred_at as at, 1 as change from events where action = 'tenant.activated' and occurred_at >= :since
  union all
  select 'onboarding', occurred_at, case action when 'tenant.created' then 1 else -1 end
    from events where action in ('tenant.created', 'tenant.activated', 'tenant.abandoned') and occurred_at >= :since
  union all
  select 'mrrMinor', at, amount_minor from mrr_movements where currency = '${listCurrency}' and at >= :since`;

/**
 * The figures of the last days, from those of today back through what has changed them since. Fewer days than asked
 * for where the platform is younger; a single value where it is not a day old.
 */
export async function trends(
  tx: Tx,
  today: Record<keyof Trends, number>,
  days: number,
  nowMs: number,
): Promise<Trends> {
  const since = new Date(nowMs - days * dayMs);
  const oldest = await one<{ at: Date | null }>(tx.sql('tenants').min('created_at as at'));
  const ageDays = oldest.at ? Math.floor((nowMs - oldest.at.getTime()) / dayMs) : 0;
  const rows = await all<Change>(
    tx.sql.raw(
      `select figure, greatest(0, floor(extract(epoch from :now::timestamptz - at) / 86400))::int as days_ago,
            sum(change)::bigint as change
     from (${changes}) c group by 1, 2`,
      { since, now: new Date(nowMs) },
    ),
  );
  const valuesOf = (figure: keyof Trends): number[] => {
    const values = [today[figure]];
    for (let day = 0; day < Math.min(days, ageDays); day += 1) {
      const change = rows.find((row) => row.figure === figure && row.daysAgo === day)?.change ?? 0;
      values.unshift(Math.max(0, (values[0] ?? 0) - change));
    }
    return values;
  };
  return { live: valuesOf('live'), onboarding: valuesOf('onboarding'), mrrMinor: valuesOf('mrrMinor') };
}
