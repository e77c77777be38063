import { z } from 'zod';
import { reason } from '../../../../db/domain/common.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import type { EventAction } from '../../../../db/domain/event.ts';
import type { WorkAction, WorkItem } from '../../../../templates/admin/runs/acts/work-types.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { humanName } from '../../../kit/run-view/event-labels.ts';
import type { PendingActivity } from '../../../kit/run-view/live.ts';
import { redactText } from '../../../kit/run-view/redact.ts';
import { readWorkHolds } from '../../shared/holds.ts';
import { getRun, type RunRead } from '../read.ts';
import { recordOnRun } from '../record.ts';
import { readOpenRun } from './open-run.ts';

/** What each action on one activity needs. */
export const workBody = z.strictObject({
  activityId: z.string('Name the work.').min(1, 'Name the work.').max(60),
  reason,
});
export const workActions = [
  'pause-activity',
  'unpause-activity',
  'reset-activity',
] as const satisfies readonly WorkAction[];

const events: Record<WorkAction, EventAction> = {
  'pause-activity': 'run.work-paused',
  'unpause-activity': 'run.work-resumed',
  'reset-activity': 'run.work-reset',
};

function assertMakesSense(work: PendingActivity | undefined, action: WorkAction): void {
  if (!work) throw new AppError('work.not-found');
  if (action === 'pause-activity' && work.hold) throw new AppError('work.paused');
  if (action === 'unpause-activity' && !work.hold) throw new AppError('work.not-paused');
}

/** Does something to one activity of a visible run that is under way. */
export async function workAction(
  context: RequestContext,
  runId: string,
  action: WorkAction,
  { activityId, reason: why }: z.output<typeof workBody>,
): Promise<void> {
  const { processes } = context.deps;
  const row = await getRun(context, runId);
  const { pending } = await readOpenRun(context, row, { paused: 'accepted' });
  const work = pending.find(({ id }) => id === activityId);
  assertMakesSense(work, action);
  const by = context.actor().id;
  if (action === 'pause-activity') await processes.pauseActivity(row, activityId, by);
  else if (action === 'unpause-activity') await processes.unpauseActivity(row, activityId, by);
  else await processes.resetActivity(row, activityId, by);
  await recordOnRun(context, row, events[action], {
    ...{ activityId, reason: why },
    activity: work?.activity ?? '',
  });
}

/** What a viewer may do to one activity now. */
function actionsOn(work: PendingActivity, canControl: boolean): WorkAction[] {
  if (!canControl) return [];
  const actions: WorkAction[] = [work.hold ? 'unpause-activity' : 'pause-activity'];
  if (work.attempt > 1) actions.push('reset-activity');
  return actions;
}

/** The work of a run that is under way; null where Temporal doesn't answer. */
export async function readWork(context: RequestContext, run: RunRead): Promise<WorkItem[] | null> {
  if (run.source === 'projection') return null;
  const holds = await readWorkHolds(context, run.row, run.pending);
  const canControl = context.can('runs.control') && run.closedAt === null;
  return run.pending.map((work) => ({
    id: work.id,
    title: humanName(work.activity),
    state: work.hold ? 'paused' : work.state,
    attempt: work.attempt,
    failure: work.lastFailure && redactText(work.lastFailure.message),
    nextTryAt: work.hold ? null : work.nextTryAt,
    scheduledAt: work.scheduledAt,
    hold: holds.get(work.id) ?? null,
    actions: actionsOn(work, canControl),
  }));
}
