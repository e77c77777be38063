import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { SessionEnd } from '../../domain/identity/session.ts';
import type { TenantRole } from '../../domain/roles.ts';
import { all, first } from '../shared/rows.ts';
import { assertMayEnter } from './sign-in-ways.ts';
import * as views from './views.ts';

/** Sessions are the sign-in provider's rows: every function here needs the reach of the platform. */

/**
 * Ends sessions at once, and the views as another person that depend on them; they stay visible with who ended them and
 * why. How many were open.
 */
export async function end(tx: Tx, ids: readonly string[], reason: SessionEnd): Promise<number> {
  const { rows } = await tx.sql.raw<{ rows: unknown[] }>(
    `update auth.sessions set ended_at = now(), ended_by = :by, end_reason = :reason
     where id = any(:ids) and ended_at is null and expires_at > now() returning id`,
    { ids: [...ids], reason, by: tx.scope.by.impersonatorId ?? tx.scope.by.actor.id },
  );
  await views.endBesideSessions(tx, ids);
  return rows.length;
}

function recordEnded(tx: Tx, of: { userId: string; tenantId?: string }, sessions: number): void {
  const { userId, tenantId } = of;
  tx.record({
    action: 'session.ended',
    targets: [{ type: 'user', id: userId }],
    data: { sessions },
    ...(tenantId && { tenantId }),
  });
}

/** Sessions by what they belong to: one of a person, all of a person, or all that work in a tenant. */
export type SessionsOf =
  | { kind: 'session'; sessionId: string; userId: string }
  | { kind: 'person'; userId: string }
  | { kind: 'tenant' };

/** The open sessions, and whose each is. */
export async function listOpen(
  tx: Tx,
  tenantId: string,
  of: SessionsOf,
): Promise<{ id: string; userId: string }[]> {
  const open = tx.sql('auth.sessions').whereNull('ended_at').where('expires_at', '>', tx.sql.fn.now());
  if (of.kind === 'tenant') void open.where({ tenant_id: tenantId });
  else void open.where({ user_id: of.userId });
  if (of.kind === 'session') void open.where({ id: of.sessionId });
  return all<{ id: string; userId: string }>(open.select('id', 'user_id'));
}

/** Ends every session of a person, also those that are views by an administrator; how many there were. */
export async function endOfPerson(
  tx: Tx,
  userId: string,
  reason: SessionEnd,
  { except = null }: { except?: string | null } = {},
): Promise<number> {
  const open = await listOpen(tx, '', { kind: 'person', userId });
  const ids = open.map(({ id }) => id).filter((id) => id !== except);
  return end(tx, ids, reason);
}

/** A session as lists show it. */
export interface ListedSession {
  id: string;
  userAgent: string | null;
  ip: string | null;
  startedAt: Date;
  lastSeenAt: Date;
  secondFactor: boolean;
  tenantName: string | null;
  /** The administrator who looks through the person's eyes; null in a person's own session. */
  viewedBy: string | null;
  endedAt: Date | null;
  endReason: SessionEnd | null;
  /** Who ended it: a person's name, or null where that was the person or the platform. */
  endedBy: string | null;
}

/** Sessions of a person, open ones first, then the newest; expired ones say when they ran out. */
export async function listOfPerson(tx: Tx, userId: string, limit: number): Promise<ListedSession[]> {
  return all<ListedSession>(
    tx.sql.raw(
      `select s.id, s.user_agent, s.ip_address as ip, s.created_at as started_at, s.last_seen_at,
              s.second_factor_at is not null as second_factor, t.name as tenant_name, a.name as viewed_by,
              coalesce(s.ended_at, case when s.expires_at <= now() then s.expires_at end) as ended_at,
              s.end_reason, b.name as ended_by
       from auth.sessions s
       left join public.tenants t on t.id = s.tenant_id
       left join auth.impersonations i on i.id = s.impersonation_id
       left join public.users a on a.id = i.admin_id
       left join public.users b on b.id = s.ended_by and b.id <> s.user_id
       where s.user_id = :userId
       order by (s.ended_at is null and s.expires_at > now()) desc, s.created_at desc limit :limit`,
      { userId, limit },
    ),
  );
}

/** Open sessions that work in a tenant, the one seen last first. */
export async function listOpenInTenant(
  tx: Tx,
  tenantId: string,
  limit: number,
): Promise<
  (Pick<ListedSession, 'id' | 'userAgent' | 'ip' | 'lastSeenAt' | 'viewedBy'> & {
    userId: string;
    userName: string;
  })[]
> {
  return all(
    tx.sql.raw(
      `select s.id, s.user_agent, s.ip_address as ip, s.last_seen_at, u.id as user_id, u.name as user_name,
              a.name as viewed_by
       from auth.sessions s
       join public.users u on u.id = s.user_id
       left join auth.impersonations i on i.id = s.impersonation_id
       left join public.users a on a.id = i.admin_id
       where s.tenant_id = :tenantId and s.ended_at is null and s.expires_at > now()
       order by s.last_seen_at desc limit :limit`,
      { tenantId, limit },
    ),
  );
}

/** Ends the sessions with which a person works in a tenant; how many there were. */
export async function endInTenant(
  tx: Tx,
  tenantId: string,
  userId: string,
  reason: SessionEnd = 'removed',
): Promise<number> {
  const { rows } = await tx.sql.raw<{ rows: { id: string }[] }>(
    `select id from auth.sessions
     where user_id = :userId and (tenant_id is null or tenant_id = :tenantId)
       and ended_at is null and expires_at > now()`,
    { userId, tenantId },
  );
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  const ended = await end(tx, ids, reason);
  recordEnded(tx, { userId, tenantId }, ended);
  return ended;
}

/**
 * Lets a session work in another tenant of its person. Throws `tenant.not-found` where the person is no member,
 * `session.other-way` where the tenant doesn't allow how they signed in.
 */
export async function switchTenant(
  tx: Tx,
  { sessionId, userId, tenantId }: { sessionId: string; userId: string; tenantId: string },
): Promise<void> {
  const member = await first<{ role: TenantRole }>(
    tx.sql('memberships').where({ tenant_id: tenantId, user_id: userId, status: 'active' }).select('role'),
  );
  if (!member) throw new AppError('tenant.not-found');
  await assertMayEnter(tx, sessionId, { tenantId, role: member.role });
  const changed = await tx
    .sql('auth.sessions')
    .where({ id: sessionId, user_id: userId })
    .update({ tenant_id: tenantId });
  if (changed === 0) throw new AppError('tenant.not-found');
  tx.record({ action: 'session.switched', targets: [{ type: 'session', id: sessionId }], tenantId });
}

/** Notes that the person of a session just proved who they are; `secondFactor` where that was with a code. */
export async function markVerified(
  tx: Tx,
  sessionId: string,
  { secondFactor }: { secondFactor: boolean },
): Promise<void> {
  await tx.sql.raw(
    `update auth.sessions set verified_at = now(),
            second_factor_at = case when :secondFactor then now() else second_factor_at end
     where id = :sessionId`,
    { sessionId, secondFactor },
  );
  tx.record({
    action: 'session.verified',
    targets: [{ type: 'session', id: sessionId }],
    data: { secondFactor },
  });
}

/** Ends one session of a person. Throws `session.not-found` where the person has no such open session. */
export async function endOwn(
  tx: Tx,
  person: { userId: string; sessionId: string; tenantId?: string },
): Promise<void> {
  const { userId, sessionId } = person;
  const own = tx.sql('auth.sessions').where({ id: sessionId, user_id: userId }).select('id');
  const found = await all<{ id: string }>(own);
  if (found.length === 0 || (await end(tx, [sessionId], 'signed-out-others')) === 0)
    throw new AppError('session.not-found');
  recordEnded(tx, person, 1);
}

/** Ends every session of a person but one; all of them without it. How many were open. */
export async function endAllOf(
  tx: Tx,
  person: { userId: string; but?: string; reason: SessionEnd; tenantId?: string },
): Promise<number> {
  const { userId, but, reason } = person;
  const ended = await endOfPerson(tx, userId, reason, { except: but ?? null });
  if (ended > 0) recordEnded(tx, person, ended);
  return ended;
}
