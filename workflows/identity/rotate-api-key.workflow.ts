import { sleep } from '@temporalio/workflow';
import type { InputOf, OutputOf } from '../define.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, undo } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { rotateApiKeyContract } from './rotate-api-key.contract.ts';

type Contract = typeof rotateApiKeyContract;

/** Puts a new secret in place; the old one ends by the clock of the database, also while no worker runs. */
export async function rotateApiKey(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, keyId, overlapHours, secretHash, last4, by } = input;
  const progress = trackProgress<Contract>(['rotate', 'overlap', 'forget']);
  const answer = earlyAnswer<OutputOf<Contract>>();
  handle<Contract>({ keyRotated: answer.handler('Answers when the new secret works') });

  progress.set('rotate', 'running');
  let rotated: OutputOf<Contract>;
  try {
    rotated = await db.rotateApiKey({ tenantId, keyId, overlapHours, secretHash, last4, by });
  } catch (error) {
    answer.reject(error);
    progress.set('rotate', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
  progress.set('rotate', 'done');
  answer.resolve(rotated);
  if (rotated.previousUntil === null) progress.skipRest();
  else {
    const atMs = Date.parse(rotated.previousUntil);
    progress.set('overlap', 'scheduled', { waitingFor: 'schedule' });
    progress.setNext({ kind: 'expiry', atMs });
    // The clocks of worker and database differ: the database says whether it is over, and how long it still takes.
    let waitMs = overlapHours * 3_600_000;
    while (waitMs > 0) {
      await sleep(waitMs);
      ({ msLeft: waitMs } = await undo.endKeyOverlap({ tenantId, keyId, secretHash }));
    }
    progress.setNext(null);
    progress.set('overlap', 'done');
    progress.set('forget', 'done');
  }
  await finish(progress, 'done');
  return rotated;
}
