import type { InputOf, OutputOf } from '../define.ts';
import { finish } from '../shared/early-answer.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { slow } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { replayRunContract } from './replay-run.contract.ts';

type Contract = typeof replayRunContract;

/** Replays one run once. Code that doesn't match is a result of the replay, not a failure of it. */
export async function replayRun({ workflowId, runId }: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const progress = trackProgress<Contract>(['replay']);
  progress.set('replay', 'running');
  try {
    const result = await slow.replayRun({ workflowId, runId });
    const { message } = result;
    progress.set('replay', 'done', message === null ? {} : { note: { kind: 'problem', message } });
    await finish(progress, 'done');
    return result;
  } catch (error) {
    progress.set('replay', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
}
