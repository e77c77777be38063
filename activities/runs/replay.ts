import { Context } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { AppError } from '../../db/domain/errors.ts';
import type { ReplayResult } from '../../workflows/runs/replay-run.contract.ts';
import type { Deps } from '../deps.ts';

interface Target {
  workflowId: string;
  runId: string;
}

async function historyOf({ workflowId, runId }: Target): Promise<History> {
  try {
    return await Context.current().client.workflow.getHandle(workflowId, runId).fetchHistory();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new AppError('run.history-gone', { cause: error });
    throw new AppError('service.unavailable', { cause: error });
  }
}

/** Replays of runs against the code of this worker. */
export function replayActivities(deps: Deps) {
  return {
    /** Changes nothing. Throws `run.history-gone` where Temporal no longer keeps the run. */
    async replayRun(target: Target): Promise<ReplayResult> {
      return deps.replayer.replay(await historyOf(target), target.workflowId);
    },
  };
}
