import type { Tx } from '../../../db/scope.ts';
import type { Actor } from '../../../db/domain/actor.ts';
import * as users from '../../../db/repos/people/users.ts';

/** The grantees an actor counts as: a person by role in the tenant, an agent by name, all workflows as one. */
export async function granteesOf(tx: Tx, tenantId: string, actor: Actor): Promise<string[]> {
  if (actor.type === 'agent') return [`agent:${actor.id}`];
  if (actor.type === 'workflow' || actor.type === 'system') return ['workflow'];
  if (actor.type !== 'user') return [];
  const role = await users.findRole(tx, tenantId, actor.id);
  return role ? [`role:${role}`] : [];
}
