import type { Tx } from '../../scope.ts';
import { PLATFORM_TENANT_ID, newId } from '../../domain/ids.ts';
import { first } from '../shared/rows.ts';

/** A time in which no worker polls a queue; its id is that of the event that recorded it. */
export interface Outage {
  id: string;
  since: Date;
  /** Whether this call recorded it. */
  isNew: boolean;
}

/**
 * Records that a queue has lost its workers or has them again, once, whichever of several processes notices first.
 * Answers the outage while it lasts; null while there is none.
 */
export async function noteQueue(
  tx: Tx,
  { queue, polled }: { queue: string; polled: boolean },
): Promise<Outage | null> {
  const turn = JSON.stringify(['workers', queue]);
  await tx.sql.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [turn]);
  const last = await first<{ id: string; action: string; occurredAt: Date }>(
    tx
      .sql('events')
      .where({ tenant_id: PLATFORM_TENANT_ID, target_type: 'queue', target_id: queue })
      .whereIn('action', ['workers.lost', 'workers.returned'])
      .orderBy('seq', 'desc')
      .limit(1)
      .select('id', 'action', 'occurred_at'),
  );
  const open = last?.action === 'workers.lost' ? { id: last.id, since: last.occurredAt, isNew: false } : null;
  const targets = [{ type: 'queue', id: queue }] as const;
  if (polled) {
    if (open) tx.record({ action: 'workers.returned', targets });
    return null;
  }
  if (open) return open;
  const id = newId('event');
  tx.record({ id, action: 'workers.lost', outcome: 'failure', targets });
  return { id, since: new Date(), isNew: true };
}
