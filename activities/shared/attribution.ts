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

/** "7~2": the second time that activity 7 is asked for again, after a freeze held it. See workflows/shared/hold.ts. */
const heldActivity = /^(.*)~(\d+)$/;

/**
 * The idempotency key for outside effects: the same for every attempt of one activity, unique to it. Held by a freeze and
 * asked for again, an activity keeps its key.
 */
export function effectKey(): string {
  const { activityId } = Context.current().info;
  return `${runOf().workflowId}/${runOf().runId}/${heldActivity.exec(activityId)?.[1] ?? activityId}`;
}

/** How often the activity was asked for again, after a freeze held it: its attempts are counted anew each time. */
export function roundOf(): number {
  return Number(heldActivity.exec(Context.current().info.activityId)?.[2] ?? 0);
}

export function runOf(): { workflowId: string; runId: string } {
  const { workflowExecution } = Context.current().info;
  if (!workflowExecution) throw new Error('activities of this platform run inside workflows');
  return workflowExecution;
}
