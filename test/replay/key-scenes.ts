import { createProcesses } from '../../api/kit/processes/client.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import * as apiKeys from '../../db/repos/identity/api-keys.ts';
import { startReminding } from '../../workers/start-singletons.ts';
import { workflowId } from '../../workflows/define.ts';
import { rotateApiKeyContract } from '../../workflows/identity/rotate-api-key.contract.ts';
import { business, type Stage } from './stage.ts';

/** A key rotated with an overlap that ended, one rotated without, and the reminders of a morning. */
export async function keys(stage: Stage): Promise<void> {
  const { client, environment, over, save, world } = stage;
  const { tenantId, actor } = await business(stage);
  const id = 'key_0000000000000000000000000r';
  const owner = { kind: 'tenant', name: 'Export', userId: null, agent: null, createdBy: actor.id } as const;
  const rest = { scopes: ['team.read'], networks: [], expires: null, secretHash: 'first', last4: 'frst' };
  await world.database.db.inScope({ visibility: { tenantId }, by: { actor, context: {} } }, (tx) =>
    apiKeys.insert(tx, { id, tenantId, ...owner, ...rest }),
  );
  const rotate = async (name: string, overlapHours: number) => {
    const input = { tenantId, keyId: id, overlapHours, secretHash: name, last4: 'next', by: actor };
    await createProcesses(client).startWithUpdate(
      rotateApiKeyContract,
      { ...input, requestKey: name },
      actor,
      'keyRotated',
      null,
    );
    const run = workflowId(tenantId, rotateApiKeyContract.name, `${id}-${name}`);
    // The server's clock jumps ahead, that of the database does not: its overlap is ended by hand.
    await world.database.owner(
      'update api_keys set previous_until = now() where id = $1 and previous_until > now()',
      [id],
    );
    await environment.sleep('2 days');
    await over(run);
    await save(`rotate-api-key-${name}`, run);
  };
  await rotate('overlap', 24);
  await rotate('at-once', 0);
  const reminders = workflowId(PLATFORM_TENANT_ID, 'remind-api-keys', 'all');
  await startReminding(client);
  await environment.sleep('2 hours');
  await client.workflow.getHandle(reminders).terminate('recorded');
  await save('remind-api-keys', reminders);
}
