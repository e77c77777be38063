import { isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import type { InputOf } from '../define.ts';
import { describeFailure } from '../shared/failures.ts';
import { item } from '../shared/profiles.ts';
import { type ProgressTracker, trackProgress } from '../shared/progress.ts';
import type { remindApiKeysContract } from './remind-api-keys.contract.ts';

type Contract = typeof remindApiKeysContract;

const hourMs = 3_600_000;
/** A look writes some fifteen events; a history of a thousand is quick to replay. */
const longHistory = 1_000;
/** What so many batches leave is reminded of an hour later. */
const mostBatches = 20;

/** Reminds of every key for which it is time; a look that fails must not end the next ones. */
async function remindOnce(progress: ProgressTracker<'remind' | 'wait'>): Promise<void> {
  progress.set('remind', 'running');
  try {
    let more = true;
    for (let batch = 0; more && batch < mostBatches; batch += 1) ({ more } = await item.remindOfApiKeys());
    progress.set('remind', 'done');
  } catch (error) {
    if (isCancellation(error)) throw error;
    progress.set('remind', 'skipped', { error: describeFailure(error) });
  }
}

/** Looks every hour, and continues in a new run before the history grows long. */
export async function remindApiKeys(_input: InputOf<Contract>): Promise<Record<string, never>> {
  const progress = trackProgress<Contract>(['remind', 'wait']);
  for (;;) {
    await remindOnce(progress);
    progress.set('wait', 'waiting', { waitingFor: 'schedule' });
    await sleep(hourMs);
    progress.set('wait', 'done');
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (historyLength > longHistory || continueAsNewSuggested)
      return progress.continueAsNew<typeof remindApiKeys>({});
  }
}
