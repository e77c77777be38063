import type { Processes } from '../../api/kit/processes/client.ts';
import { newId } from '../../db/domain/ids.ts';
import * as users from '../../db/repos/people/users.ts';
import { workflowId } from '../../workflows/define.ts';
import { revokeSessionsContract } from '../../workflows/identity/revoke-sessions.contract.ts';
import { offboardUserContract } from '../../workflows/people/offboard-user.contract.ts';
import { sendInviteContract } from '../../workflows/people/send-invite.contract.ts';
import { transferOwnershipContract } from '../../workflows/people/transfer-ownership.contract.ts';
import { plantTenant } from '../support/database.ts';
import { business, reason, type Stage } from './stage.ts';

/** A member removed, ownership handed over, an invitation sent twice. */
export async function team(stage: Stage, processes: Processes): Promise<void> {
  const { over, save, world } = stage;
  const { tenantId, actor } = await business(stage);
  const colleague = await plantTenant(world.database.db);
  const system = { actor: { type: 'system', id: 'test' }, context: {} } as const;
  await world.database.db.inScope({ visibility: { tenantId }, by: system }, (tx) =>
    users.addMember(tx, tenantId, colleague.userId, 'admin'),
  );
  const from = actor.id;
  const handover = { tenantId, from, to: colleague.userId, requestKey: 'recorded' };
  await processes.startWithUpdate(transferOwnershipContract, handover, actor, 'transferred', null);
  const handedOver = workflowId(tenantId, transferOwnershipContract.name, 'recorded');
  await over(handedOver);
  await save('transfer-ownership', handedOver);
  const by = { type: 'user' as const, id: colleague.userId };
  const everyone = { kind: 'tenant' as const };
  const revocation = { tenantId, target: everyone, forcePasswordReset: false, reason, by, requestKey: 'all' };
  await processes.startWithUpdate(revokeSessionsContract, revocation, by, 'sessionsEnded', null);
  const revoked = workflowId(tenantId, revokeSessionsContract.name, `${by.id}-all`);
  await over(revoked);
  await save('revoke-sessions', revoked);
  const removal = { tenantId, userId: from, joinedAtMs: 1, heirId: null, by };
  await processes.startWithUpdate(offboardUserContract, removal, actor, 'memberRemoved', null);
  const removed = workflowId(tenantId, offboardUserContract.name, `${from}-1`);
  await over(removed);
  await save('offboard-user', removed);
  const invitationId = newId('invitation');
  const invitation = { invitationId, tenantId, email: 'again@example.com', name: null };
  const invited = { ...invitation, role: 'member' as const, invitedBy: colleague.userId };
  await processes.startWithUpdate(sendInviteContract, invited, actor, 'invitationReady', null);
  const run = workflowId(tenantId, sendInviteContract.name, invitationId);
  await processes.update(sendInviteContract, run, 'resend', { by: colleague.userId });
  await processes.update(sendInviteContract, run, 'withdraw', { by: colleague.userId });
  await over(run);
  await save('send-invite-resent', run);
}
