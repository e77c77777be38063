import assert from 'node:assert/strict';
import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/common';
import { fromFailure } from '../../../../api/kit/processes/errors.ts';

const activity = (cause: Error) =>
  new ActivityFailure('Activity task failed', 'acceptInvitation', '1', 'NON_RETRYABLE_FAILURE', 'w', cause);
const child = (cause: Error) =>
  new ChildWorkflowFailure(
    'default',
    { workflowId: 'w', runId: 'r' },
    'sendMail',
    'NON_RETRYABLE_FAILURE',
    cause,
  );

describe('[WF-2] failures of runs', () => {
  it('keep their code, text and fields however deep they are wrapped', () => {
    const details = [{ fields: { email: 'Sign in instead.' } }];
    const cause = ApplicationFailure.create({
      message: 'This email already has an account.',
      type: 'user.email-taken',
      details,
    });
    for (const failure of [cause, activity(cause), child(activity(cause)), child(child(activity(cause)))]) {
      const error = fromFailure(failure);
      assert.deepEqual(
        [error?.code, error?.message, error?.fields],
        ['user.email-taken', cause.message, { email: 'Sign in instead.' }],
      );
    }
  });

  it('take the outermost code where a workflow gave one of its own', () => {
    const inner = ApplicationFailure.create({ message: 'The card was declined.', type: 'payment.declined' });
    const outer = ApplicationFailure.create({
      message: 'It has ended.',
      type: 'run.ended',
      cause: activity(inner),
    });
    assert.equal(fromFailure(outer)?.code, 'run.ended');
  });

  it('say nothing of a failure without a code of ours', () => {
    const unknown = ApplicationFailure.create({ message: 'at /srv/app.js:1', type: 'TypeError' });
    const error = fromFailure(activity(unknown));
    assert.equal(error?.code, 'internal.unexpected');
    assert.ok(!error?.message.includes('/srv'));
    assert.equal(fromFailure(new Error('not of Temporal')), null);
  });
});
