import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { User } from '../../domain/people/user.ts';
import * as sessions from '../identity/sessions.ts';
import * as views from '../identity/views.ts';
import * as partners from '../tenants/partners.ts';
import * as tenants from '../tenants/tenants.ts';
import { all } from '../shared/rows.ts';
import { assertOtherOwner, lockTeam } from './team-rights.ts';
import * as users from './users.ts';

/** Accounts and their place on the platform: every function here needs the reach of the platform. */

/** Who changes whose account. */
export interface AccountChange {
  userId: string;
  by: string;
  reason: string;
  /** Of a change that may be repeated: the event is recorded once. */
  eventId?: string | undefined;
}

/**
 * The account, locked with all super admins and every team it is an owner of: two people can't take the last one away at
 * once. Always in this order, so that two transactions never wait for each other. Throws `user.not-found`,
 * `member.own-role`.
 */
async function lock(tx: Tx, { userId, by }: AccountChange): Promise<User> {
  if (userId === by)
    throw new AppError('member.own-role', { text: 'You can’t change your own role or suspend yourself.' });
  await tx
    .sql('users')
    .where('platform_role', 'superAdmin')
    .orWhere('id', userId)
    .orderBy('id')
    .forNoKeyUpdate()
    .select('id');
  return users.get(tx, userId);
}

/** Throws `user.last-super-admin`, `member.last-owner`. */
async function assertDispensable(tx: Tx, { id, platformRole, status }: User): Promise<void> {
  if (platformRole === 'superAdmin' && status === 'active') {
    const others: unknown = await tx
      .sql('users')
      .where({ platform_role: 'superAdmin', status: 'active' })
      .whereNot('id', id)
      .first('id');
    if (others === undefined) throw new AppError('user.last-super-admin');
  }
  const owned = await all<{ tenantId: string }>(
    tx
      .sql('memberships as m')
      .join('tenants as t', 't.id', 'm.tenant_id')
      .where({ 'm.user_id': id, 'm.role': 'owner' })
      .whereNot('t.status', 'abandoned')
      .orderBy('m.tenant_id')
      .select('m.tenant_id'),
  );
  for (const { tenantId } of owned) assertOtherOwner(await lockTeam(tx, tenantId), id);
}

const about = ({ userId, eventId }: AccountChange) => ({
  ...(eventId && { id: eventId }),
  targets: [{ type: 'user' as const, id: userId }],
});

/**
 * Makes a person a client, a partner or a super admin; false when the person is that already. Memberships are kept: they
 * count again once the person is a client. Throws `user.not-found`, `partner.not-found`, `member.own-role`,
 * `member.last-owner`, `user.last-super-admin`.
 */
export async function setPlatformRole(
  tx: Tx,
  change: AccountChange & { role: User['platformRole']; partnerId: string | null },
): Promise<boolean> {
  const before = await lock(tx, change);
  const { role } = change;
  const partnerId = role === 'partner' ? change.partnerId : null;
  const found = (await partners.list(tx)).find(({ id }) => id === partnerId);
  if (role === 'partner' && !found)
    throw new AppError('partner.not-found', { fields: { partnerId: 'Choose a partner from the list.' } });
  if (before.platformRole === role && before.partnerId === partnerId) return false;
  await assertDispensable(tx, before);
  await tx.sql('users').where({ id: change.userId }).update({ platform_role: role, partner_id: partnerId });
  // For good: a role that is given back revives no view.
  await views.endViewsOf(tx, { adminId: change.userId }, 'access-lost');
  await views.endViewsOf(tx, { userId: change.userId }, 'role-changed');
  tx.record({
    action: 'user.role-changed',
    ...about(change),
    data: {
      from: before.platformRole ?? 'client',
      role: role ?? 'client',
      ...(before.partnerId && { fromPartner: before.partnerId }),
      ...(partnerId && { partner: partnerId }),
      reason: change.reason,
    },
  });
  return true;
}

/**
 * Suspends an account everywhere, which ends its sessions, or reactivates it; false when it is so already. Throws
 * `user.not-found`, `member.own-role`, `member.last-owner`, `user.last-super-admin`.
 */
export async function setStatus(
  tx: Tx,
  change: AccountChange & { status: User['status'] },
): Promise<boolean> {
  const before = await lock(tx, change);
  const { status, userId, reason } = change;
  if (before.status === status) return false;
  if (status === 'suspended') await assertDispensable(tx, before);
  await tx.sql('users').where({ id: userId }).update({ status });
  tx.record({
    action: status === 'suspended' ? 'user.suspended' : 'user.reactivated',
    ...about(change),
    data: { from: before.status, status, reason },
  });
  if (status === 'suspended') {
    await views.endViewsOf(tx, { adminId: userId }, 'access-lost');
    await views.endViewsOf(tx, { userId }, 'suspended');
  }
  const sessionsEnded = status === 'suspended' ? await sessions.endOfPerson(tx, userId, 'suspended') : 0;
  if (sessionsEnded > 0)
    tx.record({
      action: 'session.ended',
      targets: [{ type: 'user', id: userId }],
      data: { sessions: sessionsEnded },
    });
  return true;
}

/**
 * Marks an address as confirmed by a link that only its mailbox had, and gives the person's sign-ups their names; false
 * where it was confirmed before. `tenantId` is where the event is filed.
 */
export async function confirmAddress(tx: Tx, userId: string, tenantId?: string): Promise<boolean> {
  if (!(await users.verifyEmail(tx, userId, tenantId))) return false;
  await tenants.claimNames(tx, userId);
  return true;
}
