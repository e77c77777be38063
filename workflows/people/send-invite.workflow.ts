import { condition } from '@temporalio/workflow';
import type { InputOf, OutputOf } from '../define.ts';
import type { sendInviteContract } from './send-invite.contract.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, fail, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, interactive, mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof sendInviteContract;

const remindAfter = '3 days';
const endAfterReminder = '4 days';

/** Invites a person and waits for the answer: accepted, withdrawn, or seven days without one. */
export async function sendInvite(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, invitationId } = input;
  const progress = trackProgress<Contract>(['invite', 'answer']);
  const created = earlyAnswer<{ invitationId: string }>();
  let outcome: OutputOf<Contract>['outcome'] | null = null;

  const assertPending = () => {
    if (outcome) fail('invitation.ended');
  };
  handle<Contract>({
    invitationReady: created.handler('Answers when the invitation exists'),
    accept: {
      summary: 'The person joins the team',
      validate: assertPending,
      async run(person) {
        await db.acceptInvitation({ tenantId, invitationId, ...person });
        outcome = 'accepted';
        return null;
      },
    },
    resend: {
      summary: 'Sends the email again',
      validate: assertPending,
      async run({ by }) {
        try {
          await db.recordInvitationResent({ tenantId, invitationId, by });
          await interactive.sendInvitationMail({ tenantId, invitationId, reminder: false });
        } catch (error) {
          throw failureOf(error);
        }
        return null;
      },
    },
    withdraw: {
      summary: 'Withdraws the invitation',
      validate: assertPending,
      async run({ by }) {
        await db.endInvitation({ tenantId, invitationId, status: 'revoked', by });
        outcome = 'revoked';
        return null;
      },
    },
  });

  progress.set('invite', 'running');
  try {
    await db.createInvitation(input);
  } catch (error) {
    created.reject(error);
    progress.set('invite', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
  created.resolve({ invitationId });
  await progress.step('invite', () => mail.sendInvitationMail({ tenantId, invitationId, reminder: false }));

  progress.set('answer', 'waiting', { waitingFor: 'invitee' });
  if (!(await condition(() => outcome !== null, remindAfter))) {
    await mail.sendInvitationMail({ tenantId, invitationId, reminder: true });
    if (!(await condition(() => outcome !== null, endAfterReminder))) {
      await db.endInvitation({ tenantId, invitationId, status: 'expired', by: null });
    }
  }
  progress.set('answer', outcome === 'accepted' ? 'done' : 'skipped');
  await finish(progress, 'done');
  return { outcome: outcome ?? 'expired' };
}
