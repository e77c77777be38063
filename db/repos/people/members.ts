import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { TenantRole } from '../../domain/roles.ts';

/** The roles of a team by user, locked until the transaction ends: two owners can't remove each other at once. */
async function lockRoles(tx: Tx, tenantId: string): Promise<Map<string, TenantRole>> {
  const rows = (await tx
    .sql('memberships')
    .where({ tenant_id: tenantId })
    .orderBy('user_id')
    .forUpdate()
    .select('user_id', 'role')) as { user_id: string; role: TenantRole }[];
  return new Map(rows.map((row) => [row.user_id, row.role]));
}

const owners = (roles: ReadonlyMap<string, TenantRole>): number =>
  [...roles.values()].filter((role) => role === 'owner').length;

/** What a person may do to another member. Throws `member.own-role`, `permission.denied`, `member.last-owner`. */
function assertMayChange(
  roles: ReadonlyMap<string, TenantRole>,
  { userId, by, to }: { userId: string; by: string; to: TenantRole | null },
): void {
  if (userId === by) throw new AppError('member.own-role');
  const own = roles.get(by);
  if (own !== 'owner' && own !== 'admin') throw new AppError('permission.denied');
  const from = roles.get(userId);
  if (own !== 'owner' && (from === 'owner' || to === 'owner'))
    throw new AppError('permission.denied', { text: 'Only an owner can change who is an owner.' });
  if (from === 'owner' && to !== 'owner' && owners(roles) === 1) throw new AppError('member.last-owner');
}

async function setRole(tx: Tx, tenantId: string, userId: string, role: TenantRole): Promise<void> {
  await tx.sql('memberships').where({ tenant_id: tenantId, user_id: userId }).update({ role });
}

/**
 * Gives a member another role; false when the member has it already. Throws `user.not-found`, `member.own-role`,
 * `member.last-owner`, `permission.denied`.
 */
export async function changeRole(
  tx: Tx,
  tenantId: string,
  { userId, role, by }: { userId: string; role: TenantRole; by: string },
): Promise<boolean> {
  const roles = await lockRoles(tx, tenantId);
  const from = roles.get(userId);
  if (!from) throw new AppError('user.not-found');
  assertMayChange(roles, { userId, by, to: role });
  if (from === role) return false;
  await setRole(tx, tenantId, userId, role);
  tx.record({
    action: 'membership.role-changed',
    targets: [{ type: 'user', id: userId }],
    data: { from, role },
    tenantId,
  });
  return true;
}

/**
 * Takes a member out of the team; false when the person is not in it (any more). Throws `member.own-role`,
 * `member.last-owner`, `permission.denied`.
 */
export async function remove(
  tx: Tx,
  tenantId: string,
  { userId, by }: { userId: string; by: string },
): Promise<boolean> {
  const roles = await lockRoles(tx, tenantId);
  const role = roles.get(userId);
  if (!role) return false;
  assertMayChange(roles, { userId, by, to: null });
  await tx.sql('memberships').where({ tenant_id: tenantId, user_id: userId }).delete();
  tx.record({
    action: 'membership.removed',
    targets: [{ type: 'user', id: userId }],
    data: { role },
    tenantId,
  });
  return true;
}

/**
 * Makes another member the owner and the owner an admin; repeated, it finds that done. Throws `user.not-found`,
 * `permission.denied` when `from` is no owner.
 */
export async function transferOwnership(
  tx: Tx,
  tenantId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const roles = await lockRoles(tx, tenantId);
  if (!roles.has(to)) throw new AppError('user.not-found');
  if (from === to) throw new AppError('member.own-role');
  // A retry after a lost answer finds what the first try did.
  if (roles.get(from) === 'admin' && roles.get(to) === 'owner') return;
  if (roles.get(from) !== 'owner') throw new AppError('permission.denied');
  await setRole(tx, tenantId, to, 'owner');
  await setRole(tx, tenantId, from, 'admin');
  tx.record({ action: 'ownership.transferred', targets: [{ type: 'user', id: to }], data: {}, tenantId });
}

export interface OwnTenant {
  tenantId: string;
  tenantName: string;
  role: TenantRole;
}

/** The tenants a person belongs to, by name; needs the reach of the platform. */
export async function tenantsOf(tx: Tx, userId: string): Promise<OwnTenant[]> {
  return (await tx
    .sql('memberships as m')
    .join('tenants as t', 't.id', 'm.tenant_id')
    .where('m.user_id', userId)
    .orderBy('t.name')
    .select('t.id as tenantId', 't.name as tenantName', 'm.role')) as OwnTenant[];
}
