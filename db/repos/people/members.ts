import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { Feature } from '../../domain/people/features.ts';
import type { TenantRole } from '../../domain/roles.ts';
import * as customRoles from './custom-roles.ts';
import { assertOtherOwner, lockTeam, type MemberRights, permissionsOfMember } from './team-rights.ts';

/** Who changes which member. */
export interface MemberChange {
  userId: string;
  by: string;
  /** The person is an administrator of the platform, above everyone in the team. */
  platform?: boolean | undefined;
  /** Where one was asked for. */
  reason?: string | undefined;
  /** Of a change that may be repeated: the event is recorded once. */
  eventId?: string | undefined;
}

type Team = ReadonlyMap<string, MemberRights>;

const ranks: Record<TenantRole, number> = { owner: 3, admin: 2, member: 1 };

/** The member, and who changes it. Throws `user.not-found`, `member.own-role`, `permission.denied`. */
function pairOf(team: Team, { userId, by, platform }: MemberChange) {
  if (userId === by) throw new AppError('member.own-role');
  const own = team.get(by);
  if (!platform && own?.role !== 'owner' && own?.role !== 'admin') throw new AppError('permission.denied');
  const member = team.get(userId);
  if (!member) throw new AppError('user.not-found');
  return { member, own: platform ? null : (own ?? null) };
}

/**
 * Whether a member may get another role, or leave (null). Throws `user.not-found`, `member.own-role`; `permission.denied`
 * where an admin decides about owners; `member.last-owner`.
 */
export function assertOwnership(team: Team, change: MemberChange, to: TenantRole | null): void {
  const { member, own } = pairOf(team, change);
  if (own && own.role !== 'owner' && (member.role === 'owner' || to === 'owner'))
    throw new AppError('permission.denied', { text: 'Only an owner can change who is an owner.' });
  if (to !== 'owner') assertOtherOwner(team, member.userId);
}

/** Throws `permission.denied` for a member who is not below the person. */
function assertBelow({ member, own }: ReturnType<typeof pairOf>): void {
  if (own && ranks[own.role] <= ranks[member.role])
    throw new AppError('permission.denied', { text: 'You can do this only for people with a lower role.' });
}

/** What a change adds, its person must have. Throws `role.beyond-own`. */
function assertHeld(own: MemberRights | null, before: MemberRights, after: MemberRights): void {
  if (!own) return;
  const [held, had] = [permissionsOfMember(own), permissionsOfMember(before)];
  const gained = [...permissionsOfMember(after)].filter((one) => !had.has(one) && !held.has(one));
  if (gained.length > 0) throw new AppError('role.beyond-own');
}

function update(tx: Tx, tenantId: string, userId: string, values: Record<string, unknown>) {
  return tx.sql('memberships').where({ tenant_id: tenantId, user_id: userId }).update(values);
}

const about = (tenantId: string, { userId, eventId }: MemberChange) => ({
  ...(eventId && { id: eventId }),
  targets: [{ type: 'user' as const, id: userId }],
  tenantId,
});
const why = ({ reason }: MemberChange): Record<string, string> => (reason ? { reason } : {});

/**
 * Gives a member another role, or a custom one with the role it is based on; false when the member has it already.
 * Throws `user.not-found`, `role.not-found`, `member.own-role`, `member.last-owner`, `role.beyond-own`,
 * `permission.denied`.
 */
export async function changeRole(
  tx: Tx,
  tenantId: string,
  change: MemberChange & { role: TenantRole; customRoleId?: string | null | undefined },
): Promise<boolean> {
  const team = await lockTeam(tx, tenantId);
  const { member, own } = pairOf(team, change);
  const custom = change.customRoleId ? await customRoles.hold(tx, tenantId, change.customRoleId) : null;
  const role = custom?.baseRole ?? change.role;
  assertOwnership(team, change, role);
  const after = { ...member, role, custom: custom?.permissions ?? null };
  assertHeld(own, member, after);
  if (member.role === role && member.customRoleId === (custom?.id ?? null)) return false;
  await update(tx, tenantId, member.userId, { role, custom_role_id: custom?.id ?? null });
  tx.record({
    action: 'membership.role-changed',
    ...about(tenantId, change),
    data: {
      from: member.role,
      role,
      ...(member.customName && { fromCustomRole: member.customName }),
      ...(custom && { customRole: custom.name }),
      ...why(change),
    },
  });
  return true;
}

/**
 * Switches features off for a member, and all others on; false when they are so already. Throws `user.not-found`,
 * `member.own-role`, `role.beyond-own`, `permission.denied`.
 */
export async function setFeatures(
  tx: Tx,
  tenantId: string,
  change: MemberChange & {
    /** What is off afterwards, from what is off now. */
    off: (now: readonly string[]) => readonly Feature[] | readonly string[];
  },
): Promise<boolean> {
  const pair = pairOf(await lockTeam(tx, tenantId), change);
  const { member, own } = pair;
  assertBelow(pair);
  const off = [...new Set(change.off(member.featuresOff))].sort();
  const [from, to] = [[...member.featuresOff].sort().join(', '), off.join(', ')];
  if (from === to) return false;
  assertHeld(own, member, { ...member, featuresOff: off });
  await update(tx, tenantId, member.userId, { features_off: off });
  tx.record({
    action: 'membership.features-changed',
    ...about(tenantId, change),
    data: { fromOff: from, off: to, ...why(change) },
  });
  return true;
}

/**
 * Suspends or restores the access of a member to this tenant; false when it is so already. Throws `user.not-found`,
 * `member.own-role`, `member.last-owner`, `permission.denied`.
 */
export async function setStatus(
  tx: Tx,
  tenantId: string,
  change: MemberChange & { status: MemberRights['status'] },
): Promise<boolean> {
  const team = await lockTeam(tx, tenantId);
  const pair = pairOf(team, change);
  assertBelow(pair);
  const { status } = change;
  if (pair.member.status === status) return false;
  if (status === 'suspended') assertOtherOwner(team, change.userId);
  else assertHeld(pair.own, { ...pair.member, custom: [] }, pair.member);
  await update(tx, tenantId, change.userId, { status });
  tx.record({
    action: status === 'suspended' ? 'membership.suspended' : 'membership.reactivated',
    ...about(tenantId, change),
    data: { from: pair.member.status, status, ...why(change) },
  });
  return true;
}

/**
 * Makes another member the owner and the owner an admin; repeated, it finds that done. Throws `user.not-found`,
 * `permission.denied` when `from` is no owner or the member's access is suspended.
 */
export async function transferOwnership(
  tx: Tx,
  tenantId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const team = await lockTeam(tx, tenantId);
  const [owner, next] = [team.get(from), team.get(to)];
  if (!next) throw new AppError('user.not-found');
  if (from === to) throw new AppError('member.own-role');
  // A retry after a lost answer finds what the first try did.
  if (owner?.role === 'admin' && next.role === 'owner') return;
  if (owner?.role !== 'owner') throw new AppError('permission.denied');
  if (next.status === 'suspended' || next.userStatus === 'suspended' || next.platformRole)
    throw new AppError('permission.denied', { text: 'A suspended person can’t be the owner.' });
  await update(tx, tenantId, to, { role: 'owner', custom_role_id: null });
  await update(tx, tenantId, from, { role: 'admin' });
  tx.record({ action: 'ownership.transferred', targets: [{ type: 'user', id: to }], data: {}, tenantId });
}

export interface OwnTenant {
  tenantId: string;
  tenantName: string;
  role: TenantRole;
}

/** The tenants a person may work in, by name; needs the reach of the platform. */
export async function tenantsOf(tx: Tx, userId: string): Promise<OwnTenant[]> {
  return (await tx
    .sql('memberships as m')
    .join('tenants as t', 't.id', 'm.tenant_id')
    .where('m.user_id', userId)
    .where('m.status', 'active')
    .orderBy('t.name')
    .select('t.id as tenantId', 't.name as tenantName', 'm.role')) as OwnTenant[];
}

/** The tenant a person joined last, which their sessions start in; null for people of the platform and of partners. */
export async function joinedLast(tx: Tx, userId: string): Promise<string | null> {
  const row = (await tx
    .sql('memberships')
    .where({ user_id: userId })
    .orderBy('created_at', 'desc')
    .first('tenant_id as tenantId')) as { tenantId: string } | undefined;
  return row?.tenantId ?? null;
}
