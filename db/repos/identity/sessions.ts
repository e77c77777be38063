import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';

/** Sessions are the sign-in provider's rows: every function here needs the reach of the platform. */

/** Ends the sessions with which a person works in a tenant, at once; how many there were. */
export async function endInTenant(tx: Tx, tenantId: string, userId: string): Promise<number> {
  const { rows } = await tx.sql.raw<{ rows: unknown[] }>(
    `delete from auth.sessions where user_id = :userId and (tenant_id is null or tenant_id = :tenantId) returning id`,
    { userId, tenantId },
  );
  if (rows.length === 0) return 0;
  tx.record({
    action: 'session.ended',
    targets: [{ type: 'user', id: userId }],
    data: { sessions: rows.length },
    tenantId,
  });
  return rows.length;
}

/** Lets a session work in another tenant of its person. Throws `tenant.not-found` where the person is no member. */
export async function switchTenant(
  tx: Tx,
  { sessionId, userId, tenantId }: { sessionId: string; userId: string; tenantId: string },
): Promise<void> {
  const { rows } = await tx.sql.raw<{ rows: unknown[] }>(
    `update auth.sessions s set tenant_id = :tenantId where s.id = :sessionId and s.user_id = :userId
       and exists (select 1 from memberships m where m.tenant_id = :tenantId and m.user_id = :userId)
     returning s.id`,
    { sessionId, userId, tenantId },
  );
  if (rows.length === 0) throw new AppError('tenant.not-found');
  tx.record({ action: 'session.switched', targets: [{ type: 'session', id: sessionId }], tenantId });
}
