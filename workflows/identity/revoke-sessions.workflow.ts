import type { InputOf, OutputOf } from '../define.ts';
import type { revokeSessionsContract } from './revoke-sessions.contract.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof revokeSessionsContract;

/** So many people are told in one activity; each of them once. */
const toldAtOnce = 50;

/** Ends sessions; from then on no request with them is accepted. The people are told afterwards. */
export async function revokeSessions(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, target, forcePasswordReset, reason, by } = input;
  const progress = trackProgress<Contract>(['end', 'notify']);
  const answer = earlyAnswer<{ ended: number }>();
  handle<Contract>({ sessionsEnded: answer.handler('Answers when the sessions are over') });

  progress.set('end', 'running');
  let plan: { sessions: number; userIds: string[] };
  try {
    plan = await db.planRevocation({ tenantId, target });
    await db.endSessions({ tenantId, target, forcePasswordReset, reason, by });
  } catch (error) {
    answer.reject(error);
    progress.set('end', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
  const { sessions: ended, userIds } = plan;
  progress.set('end', 'done');
  answer.resolve({ ended });
  await progress.step('notify', async () => {
    for (let at = 0; at < userIds.length; at += toldAtOnce) {
      const told = userIds.slice(at, at + toldAtOnce);
      await mail.sendSessionsEndedMails({ tenantId, userIds: told, forcePasswordReset });
    }
  });
  await finish(progress, 'done');
  return { ended };
}
