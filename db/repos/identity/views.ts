import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { openWithinS, type ViewEnd, type ViewMode } from '../../domain/identity/impersonation.ts';
import { supportAccess } from '../../domain/identity/settings.ts';
import { resolve } from '../settings/values.ts';
import { all, first, isDuplicate, one } from '../shared/rows.ts';

/** Views are rows beside the sessions: every function here needs the reach of the platform, and only its clock counts. */

export interface NewView {
  id: string;
  userId: string;
  adminId: string;
  tenantId: string;
  reason: string;
  ticket: string | null;
  minutes: number;
  mode: ViewMode;
  exchangeHash: string;
}

/** What the token that opens a view is derived from. */
export const exchangeSubject = (id: string): string => `impersonation/${id}`;

interface Pair {
  adminRole: string | null;
  adminStatus: string;
  targetRole: string | null;
  targetStatus: string;
  isMember: boolean;
}

/** Throws `permission.denied`, `user.not-found`, `view.target-refused`, `view.support-access-off`. */
async function assertMayView(tx: Tx, { userId, adminId, tenantId }: NewView): Promise<void> {
  const found = await first<Pair>(
    tx.sql.raw(
      `select a.platform_role as admin_role, a.status as admin_status, u.platform_role as target_role,
              u.status as target_status,
              exists (select 1 from memberships m where m.user_id = u.id and m.tenant_id = :tenantId) as is_member
       from users u join users a on a.id = :adminId where u.id = :userId`,
      { userId, adminId, tenantId },
    ),
  );
  if (!found) throw new AppError('user.not-found');
  if (found.adminRole !== 'superAdmin' || found.adminStatus !== 'active')
    throw new AppError('permission.denied');
  const refuse = (text: string) => new AppError('view.target-refused', { text });
  if (userId === adminId) throw refuse('You can’t view the portal as yourself.');
  if (found.targetRole) throw refuse('You can view the portal only as people of a business.');
  if (found.targetStatus !== 'active') throw refuse('This person is suspended.');
  if (!found.isMember) throw refuse('This person doesn’t belong to this business.');
  if (!(await resolve(tx, supportAccess, tenantId))) throw new AppError('view.support-access-off');
}

/**
 * Starts a view; once, however often it is asked for. Throws `view.already-open` where the administrator has another open
 * view, and what `assertMayView` throws.
 */
export async function start(tx: Tx, view: NewView): Promise<{ expiresAt: Date }> {
  const { id, userId, adminId, tenantId, reason, ticket, mode, minutes } = view;
  const existing = await first<{ expiresAt: Date }>(
    tx.sql.raw('select expires_at from auth.impersonations where id = ?', [id]),
  );
  if (existing) return existing;
  await assertMayView(tx, view);
  await endDue(tx, { adminId });
  let started: { expiresAt: Date };
  try {
    started = await one<{ expiresAt: Date }>(
      tx.sql.raw(
        `insert into auth.impersonations
           (id, user_id, admin_id, tenant_id, reason, ticket, mode, expires_at, exchange_hash)
         values (:id, :userId, :adminId, :tenantId, :reason, :ticket, :mode,
                 now() + make_interval(mins => :minutes), :exchangeHash)
         returning expires_at`,
        { ...view },
      ),
    );
  } catch (error) {
    throw isDuplicate(error, 'impersonations_open_idx')
      ? new AppError('view.already-open', { cause: error })
      : error;
  }
  const targets = [
    { type: 'user', id: userId },
    { type: 'impersonation', id },
  ] as const;
  const data = { reason, ticket, mode, minutes };
  tx.record({ action: 'impersonation.started', targets, data, tenantId });
  if (mode === 'change')
    tx.record({ action: 'impersonation.changes-allowed', targets, data: { reason }, tenantId });
  return started;
}

export interface OpenedView {
  id: string;
  userId: string;
  tenantId: string;
  expiresAt: Date;
}

/**
 * Uses up the token of a view, once and soon after its start, beside the administrator's own session. Throws
 * `view.not-openable` for unknown, used, late and foreign tokens alike.
 */
export async function open(
  tx: Tx,
  by: { exchangeHash: string; adminId: string; sessionId: string },
): Promise<OpenedView> {
  const opened = await first<OpenedView>(
    tx.sql.raw(
      `update auth.impersonations set opened_at = now(), admin_session_id = :sessionId
       where exchange_hash = :exchangeHash and admin_id = :adminId and opened_at is null and ended_at is null
         and expires_at > now() and started_at > now() - make_interval(secs => ${openWithinS})
       returning id, user_id, tenant_id, expires_at`,
      by,
    ),
  );
  if (!opened) throw new AppError('view.not-openable');
  tx.record({
    action: 'impersonation.opened',
    targets: [
      { type: 'user', id: opened.userId },
      { type: 'impersonation', id: opened.id },
    ],
    tenantId: opened.tenantId,
  });
  return opened;
}

interface EndedRow {
  id: string;
  userId: string;
  tenantId: string;
  endReason: ViewEnd;
  endedAt: Date;
}

/**
 * Ends open views; what is past its time ended then, whatever comes later. Their sessions end with them. The condition is
 * ours, never a caller's.
 */
async function endWhere(
  tx: Tx,
  condition: string,
  values: Record<string, string>,
  reason: ViewEnd,
  why?: string,
): Promise<string[]> {
  const by = tx.scope.by.impersonatorId ?? tx.scope.by.actor.id;
  const ended = await all<EndedRow>(
    tx.sql.raw(
      `update auth.impersonations set
         ended_at = least(expires_at, now()),
         ended_by = case when expires_at <= now() or :isDue then null else :by end,
         end_reason = case when expires_at <= now() then 'expired' else :reason end
       where ended_at is null and ${condition}
       returning id, user_id, tenant_id, end_reason, ended_at`,
      { ...values, by, reason, isDue: reason === 'expired' || reason === 'not-opened' },
    ),
  );
  if (ended.length === 0) return [];
  const ids = ended.map(({ id }) => id);
  await tx.sql.raw(
    `update auth.sessions set ended_at = now(), ended_by = :by, end_reason = 'view-ended'
     where impersonation_id = any(:ids) and ended_at is null`,
    { by, ids },
  );
  for (const view of ended) {
    tx.record({
      action: 'impersonation.ended',
      targets: [
        { type: 'user', id: view.userId },
        { type: 'impersonation', id: view.id },
      ],
      data: {
        end: view.endReason,
        endedAt: view.endedAt.toISOString(),
        ...(why !== undefined && { reason: why }),
      },
      tenantId: view.tenantId,
    });
  }
  return ids;
}

/** Ends one view; false where it has ended already. `why` is what the person who ends it says. */
export async function end(tx: Tx, id: string, reason: ViewEnd, why?: string): Promise<boolean> {
  return (await endWhere(tx, 'id = :id', { id }, reason, why)).length > 0;
}

/**
 * Ends the open views of a person, by an administrator, or in a tenant, in the caller's transaction: no request is taken
 * after it commits. The process of each learns within seconds and writes the certificate. The ids of those that were open.
 */
export async function endViewsOf(
  tx: Tx,
  whose: { userId?: string; adminId?: string; tenantId?: string },
  reason: ViewEnd,
): Promise<string[]> {
  const columns = { userId: 'user_id', adminId: 'admin_id', tenantId: 'tenant_id' } as const;
  const given = Object.entries(whose) as [keyof typeof columns, string][];
  if (given.length === 0) throw new Error('whose views end has to be said');
  const condition = given.map(([name]) => `${columns[name]} = :${name}`).join(' and ');
  return endWhere(tx, condition, Object.fromEntries(given), reason);
}

/** Ends the views that were opened beside one of these sessions, or that look through one. */
export async function endBesideSessions(tx: Tx, sessionIds: readonly string[]): Promise<void> {
  const found = await all<{ id: string }>(
    tx.sql.raw(
      `select i.id from auth.impersonations i where i.ended_at is null
         and (i.admin_session_id = any(:ids)
           or exists (select 1 from auth.sessions s where s.id = any(:ids) and s.impersonation_id = i.id))`,
      { ids: [...sessionIds] },
    ),
  );
  for (const { id } of found) await end(tx, id, 'session-ended');
}

const openUntil = `started_at + make_interval(secs => ${openWithinS})`;

/** Ends what is over without anyone having done anything: past its time, never opened, or no longer allowed. */
export async function endDue(tx: Tx, of: { id: string } | { adminId: string }): Promise<void> {
  const [mine, values] =
    'id' in of ? ['id = :id', { id: of.id }] : ['admin_id = :adminId', { adminId: of.adminId }];
  const whoIs = (column: string, state: string) =>
    `exists (select 1 from public.users u where u.id = ${column} and ${state})`;
  await endWhere(tx, `${mine} and expires_at <= now()`, values, 'expired');
  await endWhere(tx, `${mine} and opened_at is null and ${openUntil} <= now()`, values, 'not-opened');
  const lost = whoIs('admin_id', `(u.status <> 'active' or u.platform_role is distinct from 'superAdmin')`);
  await endWhere(tx, `${mine} and ${lost}`, values, 'access-lost');
  await endWhere(tx, `${mine} and ${whoIs('user_id', `u.status <> 'active'`)}`, values, 'suspended');
  const risen = whoIs('user_id', 'u.platform_role is not null');
  await endWhere(tx, `${mine} and ${risen}`, values, 'role-changed');
}

/** Whether a view has ended, and when it has to be looked at again; milliseconds by the clock of the database. */
export async function readState(tx: Tx, id: string): Promise<{ ended: boolean; remainingMs: number }> {
  const found = await first<{ ended: boolean; remainingMs: number }>(
    tx.sql.raw(
      `select ended_at is not null as ended, greatest(0, extract(epoch from
         (case when opened_at is null then least(expires_at, ${openUntil}) else expires_at end) - now())
         * 1000)::float8 as remaining_ms
       from auth.impersonations where id = ?`,
      [id],
    ),
  );
  if (!found) throw new AppError('view.not-found');
  return found;
}
