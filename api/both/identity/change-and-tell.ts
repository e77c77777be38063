import { newId, PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import type { Filed } from '../../../db/repos/identity/second-factors.ts';
import type { Scope, Tx } from '../../../db/scope.ts';
import { notifySecurityContract } from '../../../workflows/identity/notify-security.contract.ts';
import type { RequestContext } from '../../kit/context.ts';

/**
 * Makes a change that its person is told of by mail. The run that tells begins first and looks for the event: so nothing
 * is changed where its person could not be told, and nothing is told that was not changed. Throws `service.unavailable`.
 */
export async function changeAndTell<T>(
  context: RequestContext,
  person: { userId: string; tenantId?: string },
  scope: Scope,
  change: (tx: Tx, filed: Filed) => Promise<T>,
): Promise<T> {
  const { userId, tenantId } = person;
  const { db, processes } = context.deps;
  const id = newId('event');
  const told = { tenantId: tenantId ?? PLATFORM_TENANT_ID, userId, eventId: id };
  await processes.start(notifySecurityContract, told, scope.by.actor);
  return db.inScope(scope, (tx) => change(tx, { id, ...(tenantId && { tenantId }) }));
}
