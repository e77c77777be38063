import type { InputOf, OutputOf } from '../define.ts';
import type { removeMemberContract } from './remove-member.contract.ts';
import { denyPendingApprovals } from '../shared/deny-approvals.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { call, db } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof removeMemberContract;

const reason = 'The person who asked is no longer in the team.';

/** Takes a person out of a team; access ends first, then what depends on it. */
export async function removeMember(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, userId, by } = input;
  const progress = trackProgress<Contract>(['remove', 'approvals', 'notify']);
  const removed = earlyAnswer<null>();
  handle<Contract>({ memberRemoved: removed.handler('Answers when the person is out of the team') });

  progress.set('remove', 'running');
  try {
    await db.removeMember({ tenantId, userId, by });
  } catch (error) {
    removed.reject(error);
    progress.set('remove', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
  progress.set('remove', 'done');
  removed.resolve(null);
  const actor = { type: 'user', id: by } as const;
  await progress.step('approvals', () =>
    denyPendingApprovals({ tenantId, requestedBy: userId, reason, actor }),
  );
  await progress.step('notify', () => call.sendMemberRemovedMail({ tenantId, userId }));
  await finish(progress, 'done');
  return { removed: true };
}
