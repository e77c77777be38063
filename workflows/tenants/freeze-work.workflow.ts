import type { InputOf, OutputOf } from '../define.ts';
import { finish } from '../shared/early-answer.ts';
import { awaitThaw } from '../shared/hold.ts';
import { db } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { freezeWorkContract } from './freeze-work.contract.ts';

type Contract = typeof freezeWorkContract;

/**
 * What a freeze does over time. Its row in the database stops work and is written before this starts, so a freeze takes
 * effect with no worker there, and stands however this run ends; the request to unfreeze starts it again where it is gone.
 */
export async function freezeWork(freeze: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const progress = trackProgress<Contract>(['schedules', 'hold', 'catchUp']);
  const paused = await progress.step('schedules', () => db.pauseSchedules(freeze));
  const ids = paused?.ids ?? [];
  progress.set('hold', 'waiting', { waitingFor: 'administrator' });
  await awaitThaw(freeze);
  progress.set('hold', 'done');
  await progress.step('catchUp', () => db.resumeSchedules({ ids, freezeId: freeze.freezeId }));
  await finish(progress, 'done');
  return { resumed: ids.length };
}
