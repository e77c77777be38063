import type { Tx } from '../../scope.ts';
import { isOnboarding } from './runs.ts';
import { all } from '../shared/rows.ts';

export interface FunnelStep {
  step: string;
  /** Onboardings that started the step. */
  reached: number;
  /** Onboardings that completed or skipped it. */
  completed: number;
  /** Onboardings that are at it now. */
  standing: number;
  /** Median time in the step of those who completed it, in milliseconds; null when there are none. */
  medianMs: number | null;
}

interface Row {
  step: string;
  reached: number;
  completed: number;
  standing: number;
  medianMs: number | null;
}

/**
 * How far the onboardings started since a moment came, without refused sign-ups, of which no tenant came; one that
 * neither continued nor is at the step now was lost there.
 */
export async function funnel(tx: Tx, steps: readonly string[], since: Date): Promise<FunnelStep[]> {
  const rows = await all<Row>(
    tx.sql.raw(
      `with ordered as (
       select s.*, r.started_at, r.closed_at,
              lag(s.since) over (partition by s.tenant_id, s.run_id order by s.position) as before
       from runs r join run_steps s on s.tenant_id = r.tenant_id and s.run_id = r.run_id
       where ${isOnboarding('r')} and r.started_at >= ? and r.state <> 'refused'
     )
     select step,
            count(*) filter (where state <> 'upcoming') as reached,
            count(*) filter (where state in ('done', 'skipped')) as completed,
            count(*) filter (where state not in ('upcoming', 'done', 'skipped') and closed_at is null) as standing,
            percentile_cont(0.5) within group (order by extract(epoch from since - coalesce(before, started_at)) * 1000)
              filter (where state = 'done' and since >= coalesce(before, started_at)) as median_ms
     from ordered group by step`,
      [since],
    ),
  );
  return steps.map((step) => {
    const row = rows.find((candidate) => candidate.step === step);
    const { reached = 0, completed = 0, standing = 0 } = row ?? {};
    const medianMs = row?.medianMs == null ? null : Math.round(Number(row.medianMs));
    return { step, reached, completed, standing, medianMs };
  });
}
