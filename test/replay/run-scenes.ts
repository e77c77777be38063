import { createProcesses } from '../../api/kit/processes/client.ts';
import { workflowId } from '../../workflows/define.ts';
import { confirmEmailContract } from '../../workflows/identity/confirm-email.contract.ts';
import { replayRunContract } from '../../workflows/runs/replay-run.contract.ts';
import { business, type Stage } from './stage.ts';

/** A replay of a run that the code can continue. */
export async function replays(stage: Stage): Promise<void> {
  const { client, over, save } = stage;
  const processes = createProcesses(client);
  const { tenantId, actor } = await business(stage);
  const mailed = await processes.start(confirmEmailContract, { tenantId, userId: actor.id }, actor);
  await over(mailed.workflowId);
  await processes.start(replayRunContract, { tenantId, ...mailed }, actor);
  const id = workflowId(tenantId, replayRunContract.name, mailed.runId);
  await over(id);
  await save('replay-run', id);
}
