import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { type Permission, permissionsWithin } from '../../domain/permissions.ts';
import type { TenantRole } from '../../domain/roles.ts';
import { all, first } from '../shared/rows.ts';

/** What one member may do: the role and all that narrows it. */
export interface MemberRights {
  userId: string;
  role: TenantRole;
  status: 'active' | 'suspended';
  userStatus: 'active' | 'suspended';
  /** People of the platform do nothing in a tenant, whatever they were in it before. */
  platformRole: string | null;
  customRoleId: string | null;
  customName: string | null;
  custom: string[] | null;
  featuresOff: string[];
}

const readRights = `
  select m.user_id, m.role, m.status, u.status as user_status, u.platform_role, m.custom_role_id,
         r.name as custom_name, r.permissions as custom, m.features_off
  from memberships m
  join users u on u.id = m.user_id
  left join custom_roles r on r.tenant_id = m.tenant_id and r.id = m.custom_role_id
  where m.tenant_id = :tenantId`;

/**
 * The members of a team by id, locked until the transaction ends: two owners can't demote each other at once. Read after
 * the lock was had, so that no change before it is missed.
 */
export async function lockTeam(tx: Tx, tenantId: string): Promise<Map<string, MemberRights>> {
  await tx.sql('memberships').where({ tenant_id: tenantId }).orderBy('user_id').forUpdate().select('user_id');
  const rows = await all<MemberRights>(tx.sql.raw(readRights, { tenantId }));
  return new Map(rows.map((row) => [row.userId, row]));
}

/** The permissions of a member in their own session. */
export const permissionsOfMember = ({ role, custom, featuresOff }: MemberRights): ReadonlySet<Permission> =>
  permissionsWithin(role, { custom, featuresOff, viewedAs: false });

/** Whether this member can act as owner now. */
export const isActingOwner = ({ role, status, userStatus, platformRole }: MemberRights): boolean =>
  role === 'owner' && status === 'active' && userStatus === 'active' && platformRole === null;

/** The members who can act in the team now, by id. */
export async function listActing(tx: Tx, tenantId: string): Promise<MemberRights[]> {
  const rows = await all<MemberRights>(tx.sql.raw(`${readRights} order by m.user_id`, { tenantId }));
  return rows.filter(isActing);
}

const isActing = ({ status, userStatus, platformRole }: MemberRights): boolean =>
  status === 'active' && userStatus === 'active' && platformRole === null;

/** Throws `member.last-owner` where no other owner could act. */
export function assertOtherOwner(team: ReadonlyMap<string, MemberRights>, userId: string): void {
  const member = team.get(userId);
  if (!member || !isActingOwner(member)) return;
  const others = [...team.values()].filter((one) => one.userId !== userId && isActingOwner(one));
  if (others.length === 0) throw new AppError('member.last-owner');
}

/** What a person may do in a tenant now; null for who may do nothing there. */
export async function findRights(
  tx: Tx,
  tenantId: string,
  userId: string,
): Promise<{ role: TenantRole; permissions: ReadonlySet<Permission> } | null> {
  const member = await first<MemberRights>(
    tx.sql.raw(`${readRights} and m.user_id = :userId`, { tenantId, userId }),
  );
  const isActive = member?.status === 'active' && member.userStatus === 'active' && !member.platformRole;
  return isActive ? { role: member.role, permissions: permissionsOfMember(member) } : null;
}
