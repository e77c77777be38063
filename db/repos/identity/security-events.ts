import type { Tx } from '../../scope.ts';
import type { EventAction, EventBody } from '../../domain/event.ts';
import { all, first } from '../shared/rows.ts';

/** What a person should know of the own account. */
const actions: readonly EventAction[] = [
  'session.opened',
  'session.refused',
  'session.closed',
  'session.ended',
  'session.verified',
  'password.changed',
  'password.reset',
  'second-factor.added',
  'second-factor.removed',
  'second-factor.reset',
  'second-factor.refused',
  'backup-codes.replaced',
  'backup-code.used',
  'impersonation.started',
  'impersonation.ended',
];

/** One event of a chain; null where it isn't stored. Needs the reach of the platform. */
export async function find(tx: Tx, tenantId: string, id: string): Promise<EventBody | null> {
  const found = await first<{ body: EventBody }>(
    tx.sql('events').where({ tenant_id: tenantId, id }).select('body'),
  );
  return found?.body ?? null;
}

/**
 * What happened lately to the account of a person, whose sessions may lie in several tenants; newest first. Needs the
 * reach of the platform.
 */
export async function listOf(tx: Tx, userId: string, limit: number): Promise<EventBody[]> {
  const rows = await all<{ body: EventBody }>(
    tx
      .sql('events')
      .where((any) => any.where('actor_id', userId).orWhere('target_id', userId))
      .whereIn('action', [...actions])
      .orderBy([
        { column: 'occurred_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit)
      .select('body'),
  );
  return rows.map(({ body }) => body);
}
