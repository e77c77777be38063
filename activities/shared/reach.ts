import { type Actor, personBehind } from '../../db/domain/actor.ts';
import { AppError } from '../../db/domain/errors.ts';
import { type Permission, permissionsOf } from '../../db/domain/permissions.ts';
import * as users from '../../db/repos/people/users.ts';
import type { Tx, Visibility } from '../../db/scope.ts';

/**
 * Whose rows a person reaches with a permission now: a role that was taken away since the start counts at once. The
 * transaction needs the platform's reach. Throws `permission.denied`.
 */
export async function reachOf(tx: Tx, by: Actor, permission: Permission): Promise<Visibility> {
  const user = by.type === 'user' || by.onBehalfOf ? await users.find(tx, personBehind(by)) : null;
  const { platformRole: role, partnerId } = user ?? {};
  const holds = user?.status === 'active' && role && permissionsOf(role).has(permission);
  if (!holds) throw new AppError('permission.denied');
  if (role === 'superAdmin') return 'platform';
  if (!partnerId) throw new AppError('permission.denied');
  return { partnerId };
}
