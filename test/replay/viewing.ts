import type { Processes } from '../../api/kit/processes/client.ts';
import { newId } from '../../db/domain/ids.ts';
import * as views from '../../db/repos/identity/views.ts';
import { workflowId } from '../../workflows/define.ts';
import { impersonateUserContract } from '../../workflows/identity/impersonate-user.contract.ts';
import { plantTenant, scope } from '../support/database.ts';
import { plantSuperAdmin } from '../support/bulk.ts';
import type { Stage } from './stage.ts';

/** Views as a person: ended from inside, past their time, cancelled, refused. */
export async function viewing(stage: Stage, processes: Processes): Promise<void> {
  const { world, environment, over, save } = stage;
  const { tenantId, userId } = await plantTenant(world.database.db, { status: 'live' });
  async function start() {
    const admin = await plantSuperAdmin(world);
    const impersonationId = newId('impersonation');
    const input = {
      ...{ impersonationId, tenantId, userId, adminId: admin.id, ticket: null, minutes: 15 },
      ...{ reason: 'Asked for on the phone', mode: 'read' as const, exchangeHash: impersonationId },
    };
    const id = workflowId(tenantId, impersonateUserContract.name, impersonationId);
    await processes.startWithUpdate(impersonateUserContract, input, admin, 'viewStarted', null);
    return { id, impersonationId };
  }
  const ended = await start();
  await world.database.db.inScope(scope('platform'), (tx) => views.end(tx, ended.impersonationId, 'ended'));
  await processes.signal(impersonateUserContract, ended.id, 'viewChanged', null);
  await over(ended.id);
  await save('impersonate-user-ended', ended.id);

  const expired = await start();
  await world.database.owner(
    `update auth.impersonations set started_at = now() - interval '10 minutes', expires_at = now() where id = $1`,
    [expired.impersonationId],
  );
  await environment.sleep('1 minute');
  await over(expired.id);
  await save('impersonate-user-expired', expired.id);

  const cancelled = await start();
  await processes.cancel({ workflowId: cancelled.id, runId: '' });
  await over(cancelled.id);
  await save('impersonate-user-cancelled', cancelled.id);

  const admin = await plantSuperAdmin(world);
  const impersonationId = newId('impersonation');
  const refused = {
    ...{ impersonationId, tenantId, userId: admin.id, adminId: admin.id, ticket: null, minutes: 15 },
    ...{ reason: 'Asked for on the phone', mode: 'read' as const, exchangeHash: impersonationId },
  };
  await processes
    .startWithUpdate(impersonateUserContract, refused, admin, 'viewStarted', null)
    .catch(() => undefined);
  const id = workflowId(tenantId, impersonateUserContract.name, impersonationId);
  await over(id);
  await save('impersonate-user-refused', id);
}
