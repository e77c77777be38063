import type { InputOf, OutputOf } from '../define.ts';
import type { offboardUserContract } from './offboard-user.contract.ts';
import { denyPendingApprovals } from '../shared/deny-approvals.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof offboardUserContract;

const reason = 'The person who asked is no longer in the team.';

/** Takes a person out of a team; access ends first, then what depends on it, and everyone concerned is told. */
export async function offboardUser(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, userId, by, heirId } = input;
  const progress = trackProgress<Contract>(['remove', 'approvals', 'handover', 'notify']);
  const removed = earlyAnswer<null>();
  handle<Contract>({ memberRemoved: removed.handler('Answers when the person is out of the team') });

  progress.set('remove', 'running');
  // A run that began before there were keys knows of none.
  let ended: { sessions: number; keys?: number };
  try {
    ended = await db.removeMember({ tenantId, userId, by, heirId });
  } catch (error) {
    removed.reject(error);
    progress.set('remove', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
  progress.set('remove', 'done');
  removed.resolve(null);
  const approvals = await progress.step('approvals', () =>
    denyPendingApprovals({ tenantId, requestedBy: userId, reason, actor: by }),
  );
  const handedOver = await progress.step('handover', () => db.handOver({ tenantId, userId, by, heirId }));
  const receipt = {
    sessions: ended.sessions,
    keys: ended.keys ?? 0,
    approvals: approvals ?? 0,
    invitations: handedOver?.invitations ?? 0,
    heirId: handedOver?.heirId ?? null,
  };
  await progress.step('notify', async () => {
    await mail.sendMemberRemovedMail({ tenantId, userId });
    await mail.sendOffboardingReceipt({ tenantId, userId, by, receipt });
  });
  await finish(progress, 'done');
  return receipt;
}
