import type { TenantBulkFilter } from '../../domain/tenants/bulk.ts';
import { whyLeftOut } from '../../domain/tenants/help.ts';
import type { RunState } from '../../domain/progress.ts';
import type { BulkCandidate } from '../../domain/runs/bulk-operation.ts';
import { dayMs } from '../../domain/time.ts';
import type { Tx } from '../../scope.ts';
import { newestOnboardingJoin } from '../onboarding/runs.ts';
import { all } from '../shared/rows.ts';
import * as overview from './overview.ts';

/** Ids of the tenants within reach that filters find, one more than `limit` where there are more. */
export function choose(tx: Tx, { stuck, ...filter }: TenantBulkFilter, limit: number): Promise<string[]> {
  const stuckBefore = stuck === undefined ? undefined : new Date(Date.now() - Number(stuck) * dayMs);
  return overview.ids(tx, { ...filter, stuckBefore }, limit);
}

/** Whether there is something to help with; tenants out of reach are missing. */
export async function inspect(tx: Tx, ids: readonly string[]): Promise<BulkCandidate[]> {
  if (ids.length === 0) return [];
  const rows = await all<{ id: string; state: RunState | null; step: string | null }>(
    tx
      .sql('tenants as t')
      .joinRaw(newestOnboardingJoin)
      .whereIn('t.id', ids as string[])
      .select('t.id', 'o.state', 'o.current_step as step'),
  );
  return rows.map(({ id, state, step }) => ({ id, leftOut: whyLeftOut(state && { state, step }) }));
}
