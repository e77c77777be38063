import type { Tx } from '../../scope.ts';
import { one } from '../shared/rows.ts';

/** Runs that need attention now, and how many of them have begun to since a moment. */
export async function countNeedingAttention(tx: Tx, since: Date): Promise<{ now: number; newly: number }> {
  return one<{ now: number; newly: number }>(
    tx.sql.raw(
      `select count(*)::int as now,
            (count(*) filter (where exists (
              select 1 from run_steps s where s.tenant_id = r.tenant_id and s.run_id = r.run_id
                and s.state = 'needsAttention' and s.since >= ?)))::int as newly
     from runs r where r.needs_attention`,
      [since],
    ),
  );
}
