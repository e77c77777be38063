import type { InputOf, OutputOf } from '../define.ts';
import type { transferOwnershipContract } from './transfer-ownership.contract.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof transferOwnershipContract;

/** Hands a business over to another member; both get an email. */
export async function transferOwnership(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, from, to } = input;
  const progress = trackProgress<Contract>(['transfer', 'notify']);
  const transferred = earlyAnswer<null>();
  handle<Contract>({ transferred: transferred.handler('Answers when the roles have changed') });

  progress.set('transfer', 'running');
  try {
    await db.transferOwnership({ tenantId, from, to });
  } catch (error) {
    transferred.reject(error);
    progress.set('transfer', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
  progress.set('transfer', 'done');
  transferred.resolve(null);
  await progress.step('notify', async () => {
    await mail.sendOwnershipMail({ tenantId, userId: to, other: from, received: true });
    await mail.sendOwnershipMail({ tenantId, userId: from, other: to, received: false });
  });
  await finish(progress, 'done');
  return { transferred: true };
}
