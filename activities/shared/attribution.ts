import { Context } from '@temporalio/activity';
import type { Visibility, Scope } from '../../db/scope.ts';
import type { Actor } from '../../db/domain/actor.ts';

/** The scope of an activity: whose rows, and who acts; by default the workflow. */
export function actingIn(visibility: Visibility, by?: Actor): Scope {
  const { workflowId, runId } = runOf();
  return {
    visibility,
    by: { actor: by ?? { type: 'workflow', id: workflowId }, context: { workflowId, runId } },
  };
}

/** The idempotency key for outside effects: the same for every attempt of one activity, unique to it. */
export function effectKey(): string {
  return `${runOf().workflowId}/${runOf().runId}/${Context.current().info.activityId}`;
}

function runOf(): { workflowId: string; runId: string } {
  const { workflowExecution } = Context.current().info;
  if (!workflowExecution) throw new Error('activities of this platform run inside workflows');
  return workflowExecution;
}
