import type { Processes } from '../../api/kit/processes/client.ts';
import { workflowId } from '../../workflows/define.ts';
import { runBulkOperationContract as contract } from '../../workflows/runs/run-bulk-operation.contract.ts';
import { bulkRequest, outcomesOf, plantSuperAdmin } from '../support/bulk.ts';
import { plantTenant } from '../support/database.ts';
import { eventually } from '../support/world.ts';
import type { Stage } from './stage.ts';

const reason = 'Agreed in the weekly round';

/** Operations: paused and resumed, then undone; aborted; cancelled; refused. */
export async function bulk({ environment, over, save, world }: Stage, processes: Processes): Promise<void> {
  const by = await plantSuperAdmin(world);
  const start = async (pacePerMinute: number, of = by) => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { tenantId, userId } = await plantTenant(world.database.db, { status: 'live' });
      await world.database.owner(`update tenants set status = 'abandoned' where id = $1`, [tenantId]);
      ids.push(userId);
    }
    const input = bulkRequest(of, {
      ...{ operation: 'people.suspend', choice: { subject: 'people', ids }, pacePerMinute },
    });
    const { workflowId: id } = await processes.start(contract, input as never, of);
    return { id, operationId: input.operationId };
  };
  const firstDone = (operationId: string) =>
    eventually(
      () => outcomesOf(world, operationId),
      (outcomes) => Object.values(outcomes).includes('done'),
    );
  /** Lets time pass until a run has ended. */
  const ended = async (id: string) => {
    let isOver = false;
    const end = over(id).finally(() => (isOver = true));
    while (!isOver) await environment.sleep('10 seconds');
    await end;
  };

  const paused = await start(1);
  await firstDone(paused.operationId);
  await processes.update(contract, paused.id, 'pause', { reason, by });
  await environment.sleep('5 minutes');
  await processes.update(contract, paused.id, 'resume', { reason, by });
  await ended(paused.id);
  await save('run-bulk-operation-paused', paused.id);

  const undo = {
    ...{ kind: 'undo' as const, operationId: paused.operationId, subject: 'people' as const },
    ...{ pacePerMinute: 600, round: 1, reason, by },
  };
  await processes.startWithUpdate(contract, undo, by, 'begun', null);
  const undone = workflowId('ten_platform', contract.name, `${paused.operationId}-1`);
  await ended(undone);
  await save('run-bulk-operation-undone', undone);

  const aborted = await start(1);
  await firstDone(aborted.operationId);
  await processes.update(contract, aborted.id, 'abort', { reason, by });
  await ended(aborted.id);
  await save('run-bulk-operation-aborted', aborted.id);

  const cancelled = await start(1);
  await firstDone(cancelled.operationId);
  await processes.cancel({ workflowId: cancelled.id, runId: '' });
  await ended(cancelled.id);
  await save('run-bulk-operation-cancelled', cancelled.id);

  const { userId } = await plantTenant(world.database.db);
  const refused = await start(600, { type: 'user', id: userId });
  await ended(refused.id);
  await save('run-bulk-operation-refused', refused.id);
}
