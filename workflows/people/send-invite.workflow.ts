import { allHandlersFinished, type ApplicationFailure, condition } from '@temporalio/workflow';
import type { InputOf, OutputOf } from '../define.ts';
import type { sendInviteContract } from './send-invite.contract.ts';
import { describeFailure, fail, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { call, db } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof sendInviteContract;

const remindAfter = '3 days';
const endAfterReminder = '4 days';

/** Invites a person and waits for the answer: accepted, withdrawn, or seven days without one. */
export async function sendInvite(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, invitationId } = input;
  const story = trackProgress<Contract>(['invite', 'answer']);
  let invitation: 'being made' | 'ready' | ApplicationFailure = 'being made';
  let outcome: OutputOf<Contract>['outcome'] | null = null;

  const assertPending = () => {
    if (outcome) fail('invitation.ended', 'This invitation has ended.');
  };
  handle<Contract>({
    invitationReady: {
      summary: 'Answers when the invitation exists',
      async run() {
        await condition(() => invitation !== 'being made');
        if (invitation !== 'ready') throw failureOf(invitation);
        return { invitationId };
      },
    },
    accept: {
      summary: 'The person joins the team',
      validate: assertPending,
      async run(person) {
        await db.acceptInvitation({ tenantId, invitationId, ...person });
        outcome = 'accepted';
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

  story.set('invite', 'running');
  try {
    await db.createInvitation(input);
  } catch (error) {
    invitation = failureOf(error);
    story.set('invite', 'failed', { error: describeFailure(error) });
    story.finish('failed');
    await condition(allHandlersFinished);
    throw failureOf(invitation);
  }
  invitation = 'ready';
  await story.step('invite', () => call.sendInvitationMail({ tenantId, invitationId, reminder: false }));

  story.set('answer', 'waiting', { waitingFor: 'the invited person' });
  if (!(await condition(() => outcome !== null, remindAfter))) {
    await call.sendInvitationMail({ tenantId, invitationId, reminder: true });
    if (!(await condition(() => outcome !== null, endAfterReminder))) {
      await db.endInvitation({ tenantId, invitationId, status: 'expired', by: null });
    }
  }
  story.set('answer', outcome === 'accepted' ? 'done' : 'skipped');
  story.finish('done');
  await condition(allHandlersFinished);
  return { outcome: outcome ?? 'expired' };
}
