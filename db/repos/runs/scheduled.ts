import type { Tx } from '../../scope.ts';
import type { EventBody } from '../../domain/event.ts';
import type { RunState } from '../../domain/progress.ts';
import type { Hold } from '../../domain/runs/why/cause.ts';
import { all } from '../shared/rows.ts';
import * as freezes from '../tenants/freezes.ts';

/** States of runs by their ids; runs that aren't visible, or not projected yet, are missing. */
export async function statesOf(tx: Tx, runIds: readonly string[]): Promise<Map<string, RunState>> {
  if (runIds.length === 0) return new Map();
  const rows = await all<{ runId: string; state: RunState }>(
    tx
      .sql('runs')
      .whereIn('run_id', runIds as string[])
      .select('run_id', 'state'),
  );
  return new Map(rows.map(({ runId, state }) => [runId, state]));
}

/**
 * Who paused a schedule, when and why, by what its note names: the event of the pause, or a freeze. What isn't seen is
 * missing.
 */
export async function holdsOf(tx: Tx, notes: readonly string[]): Promise<Map<string, Hold>> {
  if (notes.length === 0) return new Map();
  return new Map([...(await pausesOf(tx, notes)), ...(await freezes.holdsOf(tx, notes))]);
}

async function pausesOf(tx: Tx, eventIds: readonly string[]): Promise<Map<string, Hold>> {
  const rows = await all<{ id: string; body: EventBody; actorName: string | null }>(
    tx
      .sql('events as e')
      .leftJoin('users as u', 'u.id', 'e.actor_id')
      .whereIn('e.id', eventIds as string[])
      .select('e.id', 'e.body', 'u.name as actor_name'),
  );
  return new Map(
    rows.map(({ id, body, actorName }) => {
      const { reason } = body.data;
      const hold = {
        since: body.occurredAt,
        by: actorName,
        reason: typeof reason === 'string' ? reason : null,
      };
      return [id, hold];
    }),
  );
}

/** Ids of the events by which all schedules within a reach were paused at once, the newest first. */
export async function listPauses(tx: Tx, chain: string): Promise<string[]> {
  const rows = await all<{ id: string }>(
    tx
      .sql('events')
      .where({ tenant_id: chain, action: 'schedules.paused' })
      .orderBy('occurred_at', 'desc')
      .limit(50)
      .select('id'),
  );
  return rows.map(({ id }) => id);
}
