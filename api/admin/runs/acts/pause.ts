import { AppError } from '../../../../db/domain/errors.ts';
import type { ListedRun } from '../../../../db/repos/runs/runs.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { recordOnRun } from '../record.ts';
import { readOpenRun } from './open-run.ts';

/** Holds up an open run. Throws `run.ended`, `run.paused`, `run.pause-unavailable`. */
export async function pauseRun(context: RequestContext, row: ListedRun, reason: string): Promise<void> {
  const { processes } = context.deps;
  await readOpenRun(context, row, { paused: 'refused' });
  if (!(await processes.canPause())) throw new AppError('run.pause-unavailable');
  await processes.pause(row, context.actor().id);
  await recordOnRun(context, row, 'run.paused', { reason });
}

/** Lets a paused run continue. Throws `run.ended`, `run.not-paused`. */
export async function unpauseRun(context: RequestContext, row: ListedRun, reason: string): Promise<void> {
  const { engine } = await readOpenRun(context, row, { paused: 'accepted' });
  if (!engine?.paused) throw new AppError('run.not-paused');
  await context.deps.processes.unpause(row, context.actor().id);
  await recordOnRun(context, row, 'run.resumed', { reason });
}
