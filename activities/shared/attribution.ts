import { Context } from '@temporalio/activity';
import type { Reach, Scope } from '../../db/connect.ts';
import type { Actor } from '../../db/domain/actor.ts';

/** The scope of an activity: whose rows, and who acts; the workflow itself when nobody else does. */
export function actingIn(reach: Reach, by?: Actor): Scope {
  const { workflowId, runId } = runOf();
  return {
    reach,
    by: { actor: by ?? { type: 'workflow', id: workflowId }, context: { workflowId, runId } },
  };
}

/** The same for every try of one activity, different for every other: the key of what it does outside. */
export function effectKey(): string {
  return `${runOf().workflowId}/${runOf().runId}/${Context.current().info.activityId}`;
}

function runOf(): { workflowId: string; runId: string } {
  const { workflowExecution } = Context.current().info;
  if (!workflowExecution) throw new Error('activities of this platform run inside workflows');
  return workflowExecution;
}
