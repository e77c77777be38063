import { AppError } from '../../../../db/domain/errors.ts';
import type { ListedRun } from '../../../../db/repos/runs/runs.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { type LiveRun, readLiveRun } from '../../../kit/run-view/live.ts';

/**
 * An open run as Temporal has it, which accepts most acts for an ended run without an error, and the projection is a
 * moment behind. Throws `run.ended`, and `run.paused` where the code of the run would have to answer.
 */
export async function readOpenRun(
  context: RequestContext,
  row: ListedRun,
  { paused }: { paused: 'accepted' | 'refused' },
): Promise<LiveRun> {
  const live = await readLiveRun(context.deps.processes, row);
  if (live.closedAt) throw new AppError('run.ended');
  if (paused === 'refused' && live.engine?.paused) throw new AppError('run.paused');
  return live;
}
