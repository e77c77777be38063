import type { RunState } from '../../domain/progress.ts';
import type { Tx } from '../../scope.ts';
import { all } from '../shared/rows.ts';

/** How many runs ended on a day in a state. */
export interface Outcome {
  /** `2026-11-22` in the timezone asked for. */
  day: string;
  state: RunState;
  runs: number;
}

/** How runs within reach ended since a moment, by day and state; days without an end are left out. */
export const listOutcomes = (tx: Tx, since: Date, timezone: string): Promise<Outcome[]> =>
  all<Outcome>(
    tx.sql.raw(
      `select to_char(closed_at at time zone :timezone, 'YYYY-MM-DD') as day, state, count(*)::int as runs
       from runs where closed_at >= :since group by 1, 2 order by 1, 2`,
      { since, timezone },
    ),
  );
