import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { assertOwnership } from './members.ts';
import { isActingOwner, lockTeam } from './team-rights.ts';

/** Whether a person looks after the whole platform. */
async function isSuperAdmin(tx: Tx, userId: string): Promise<boolean> {
  const found: unknown = await tx
    .sql('users')
    .where({ id: userId, platform_role: 'superAdmin', status: 'active' })
    .first('id');
  return found !== undefined;
}

/**
 * Takes a member out of the team; false when the person is not in it (any more). An heir becomes owner in place of an
 * owner who leaves. Needs the reach of the platform. Throws `member.own-role`, `member.last-owner`, `permission.denied`,
 * `user.not-found` for an heir who is not in the team.
 */
export async function leave(
  tx: Tx,
  tenantId: string,
  { userId, by, heirId }: { userId: string; by: string; heirId: string | null },
): Promise<boolean> {
  const team = await lockTeam(tx, tenantId);
  const role = team.get(userId)?.role;
  if (!role) return false;
  const heir = heirId === null ? null : team.get(heirId);
  if (heir === undefined || heirId === userId) throw new AppError('user.not-found');
  const inherits = role === 'owner' && heir !== null && heir.role !== 'owner';
  if (inherits) team.set(heir.userId, { ...heir, role: 'owner', customRoleId: null, custom: null });
  // An administrator of the platform counts as an owner of every team, and is a member of none.
  const platform = !team.has(by) && (await isSuperAdmin(tx, by));
  assertOwnership(team, { userId, by, platform }, null);
  if (inherits) {
    await tx
      .sql('memberships')
      .where({ tenant_id: tenantId, user_id: heir.userId })
      .update({ role: 'owner', custom_role_id: null });
    tx.record({ action: 'ownership.transferred', targets: [{ type: 'user', id: heir.userId }], tenantId });
  }
  await tx.sql('memberships').where({ tenant_id: tenantId, user_id: userId }).delete();
  tx.record({
    action: 'membership.removed',
    targets: [{ type: 'user', id: userId }],
    data: { role },
    tenantId,
  });
  return true;
}

/** Lets another person stand for the invitations that one sent and that wait; how many there were. */
export async function handOverInvitations(
  tx: Tx,
  tenantId: string,
  { from, to }: { from: string; to: string },
): Promise<number> {
  const rows = (await tx
    .sql('invitations')
    .where({ tenant_id: tenantId, invited_by: from, status: 'pending' })
    .update({ invited_by: to })
    .returning('id')) as { id: string }[];
  for (const { id } of rows)
    tx.record({ action: 'invitation.reassigned', targets: [{ type: 'invitation', id }], tenantId });
  return rows.length;
}

/** Who takes over where no one is named: the person who removes, if of the team, else an owner. */
export async function defaultHeir(tx: Tx, tenantId: string, by: string): Promise<string> {
  const team = await lockTeam(tx, tenantId);
  const owner = [...team.values()].find(isActingOwner)?.userId;
  return team.has(by) || !owner ? by : owner;
}
