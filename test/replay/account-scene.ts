import type { Processes } from '../../api/kit/processes/client.ts';
import { newId, PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import * as resets from '../../db/repos/identity/password-resets.ts';
import * as users from '../../db/repos/people/users.ts';
import { workflowId } from '../../workflows/define.ts';
import { notifySecurityContract } from '../../workflows/identity/notify-security.contract.ts';
import { resendConfirmationContract } from '../../workflows/identity/resend-confirmation.contract.ts';
import { resetPasswordContract } from '../../workflows/identity/reset-password.contract.ts';
import { plantTenant } from '../support/database.ts';
import type { Stage } from './stage.ts';

/** A person told of a change, and of one that was not made; a link for a new password, and one to confirm an address. */
export async function account(stage: Stage, processes: Processes): Promise<void> {
  const { over, save, world } = stage;
  const { tenantId, userId } = await plantTenant(world.database.db, { status: 'live' });
  const actor = { type: 'user', id: userId } as const;
  const system = { actor: { type: 'system', id: 'test' }, context: {} } as const;
  const tell = async (name: string, eventId: string) => {
    await processes.start(notifySecurityContract, { tenantId, userId, eventId }, actor);
    const run = workflowId(tenantId, notifySecurityContract.name, eventId);
    await over(run);
    await save(name, run);
  };
  const eventId = newId('event');
  await world.database.db.inScope({ visibility: { tenantId }, by: system }, async (tx) =>
    tx.record({ id: eventId, action: 'password.changed', targets: [{ type: 'user', id: userId }] }),
  );
  await tell('notify-security', eventId);
  await tell('notify-security-unchanged', newId('event'));
  const resetId = await world.database.db.inScope({ visibility: 'platform', by: system }, async (tx) =>
    resets.insert(tx, (await users.get(tx, userId)).email),
  );
  await processes.start(resetPasswordContract, { resetId }, actor);
  const run = workflowId(PLATFORM_TENANT_ID, resetPasswordContract.name, resetId);
  await over(run);
  await save('reset-password', run);
  const waiting = await plantTenant(world.database.db, { confirmed: false });
  const requestId = crypto.randomUUID();
  await processes.start(resendConfirmationContract, { requestId, email: waiting.email }, actor);
  const resent = workflowId(PLATFORM_TENANT_ID, resendConfirmationContract.name, requestId);
  await over(resent);
  await save('resend-confirmation', resent);
}
