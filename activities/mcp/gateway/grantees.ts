import { type Actor, personBehind } from '../../../db/domain/actor.ts';
import * as apiKeys from '../../../db/repos/identity/api-keys.ts';
import { findRights } from '../../../db/repos/people/team-rights.ts';
import type { Tx } from '../../../db/scope.ts';

/**
 * The grantees an actor counts as: a person by role in the tenant, an agent by name, all workflows as one, a key as whom
 * it acts for. A person who may not use tools now counts as none, as does a key that was revoked.
 */
export async function granteesOf(tx: Tx, tenantId: string, actor: Actor): Promise<string[]> {
  if (actor.type === 'agent') return [`agent:${actor.id}`];
  if (actor.type === 'workflow' || actor.type === 'system') return ['workflow'];
  if (actor.type === 'apikey' && actor.onBehalfOf === undefined) {
    const key = await apiKeys.find(tx, tenantId, actor.id);
    if (!key || key.revokedAt) return [];
    const { kind, agent } = key;
    return kind === 'agent' && agent !== null ? [`agent:${agent}`] : ['role:owner'];
  }
  const rights = await findRights(tx, tenantId, personBehind(actor));
  return rights?.permissions.has('tools.call') ? [`role:${rights.role}`] : [];
}
