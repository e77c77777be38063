import type { Hold } from '../../../db/domain/runs/why/cause.ts';
import * as events from '../../../db/repos/audit/events.ts';
import type { RequestContext } from '../../kit/context.ts';
import { humanName } from '../../kit/run-view/event-labels.ts';
import type { LiveRun } from '../../kit/run-view/live.ts';
import { actorLabel, starterName } from './names.ts';

interface Target {
  workflowId: string;
  runId: string;
}

/** Enough to find the newest one of a run, or of one activity of it. */
const newest = 50;

/**
 * Who paused a run, or one activity of it, and why, from the audit log; what was paused with another tool says only
 * what Temporal knows.
 */
async function tellHold(
  context: RequestContext,
  { workflowId, runId }: Target,
  hold: Hold,
  activityId: string | null,
): Promise<Hold> {
  const action = activityId === null ? 'run.paused' : 'run.work-paused';
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const { items } = await events.list(tx, { workflowId, action, limit: newest });
    const event = items.find(
      ({ context: at, data }) =>
        at.runId === runId && (activityId === null || data['activityId'] === activityId),
    );
    if (!event) return { ...hold, by: hold.by && (await starterName(tx, hold.by)) };
    const { reason } = event.data;
    return {
      since: hold.since ?? event.occurredAt,
      by: actorLabel(event.actor, event.actorName),
      reason: typeof reason === 'string' ? reason : hold.reason,
    };
  });
}

/** The run's pause with names, or that of the first activity that is paused; null where neither is. */
export async function readHold(
  context: RequestContext,
  target: Target,
  { engine, pending }: Pick<LiveRun, 'engine' | 'pending'>,
): Promise<Hold | null> {
  if (engine?.paused) return tellHold(context, target, engine.paused, null);
  const work = pending.find(({ hold }) => hold !== null);
  if (!work?.hold) return null;
  return { ...(await tellHold(context, target, work.hold, work.id)), work: humanName(work.activity) };
}

/** The pauses of a run's activities with names, by the activity's id. */
export async function readWorkHolds(
  context: RequestContext,
  target: Target,
  pending: LiveRun['pending'],
): Promise<Map<string, Hold>> {
  const held = pending.flatMap(({ id, hold }) => (hold ? [{ id, hold }] : []));
  const told = await Promise.all(
    held.map(async ({ id, hold }) => [id, await tellHold(context, target, hold, id)] as const),
  );
  return new Map(told);
}
