import assert from 'node:assert/strict';
import { errorTable, isRefusalCode } from '../../../db/domain/errors.ts';
import { classify, type Progress, runStateOf, type StepProgress } from '../../../db/domain/progress.ts';

const at = '2026-11-22T12:00:00Z';
const step = (change: Partial<StepProgress>): StepProgress => ({
  key: 'a',
  state: 'done',
  since: at,
  attempts: 1,
  ...change,
});
const reported = (state: Progress['state'], ...steps: StepProgress[]): Progress => ({
  state,
  currentStep: ['running', 'waiting', 'needsAttention'].includes(state) ? (steps.at(-1)?.key ?? null) : null,
  steps,
  changedAt: at,
});
const failedWith = (code: string) => step({ state: 'failed', error: { code, message: 'Why.' } });

describe('[WF-1] what a run reports, classified', () => {
  it('tells a refusal from a failure by the error table', () => {
    for (const end of ['failed', 'stopped'] as const) {
      const refused = classify(reported(end, step({}), failedWith('user.email-taken')));
      assert.deepEqual([refused.state, refused.steps[1]?.state], ['refused', 'refused']);
      const failed = classify(
        reported(end, failedWith('payment.declined'), failedWith('mail.undeliverable')),
      );
      assert.equal(failed.state, 'failed');
    }
    assert.equal(classify(reported('failed', failedWith('no.such-code'))).state, 'failed');
  });

  it('is scheduled while it waits for a moment or a vendor, and waits while it does so for a person', () => {
    for (const waitingFor of ['schedule', 'vendor'] as const)
      assert.equal(classify(reported('waiting', step({ state: 'waiting', waitingFor }))).state, 'scheduled');
    for (const waitingFor of ['owner', 'approver', 'invitee', 'administrator'] as const)
      assert.equal(classify(reported('waiting', step({ state: 'waiting', waitingFor }))).state, 'waiting');
  });

  it('believes the end that was reported, unless the run was cut short', () => {
    const refused = classify(reported('failed', failedWith('invitation.pending')));
    assert.equal(runStateOf('FAILED', refused), 'refused');
    assert.equal(runStateOf('COMPLETED', refused), 'refused');
    assert.equal(runStateOf('TERMINATED', refused), 'stopped');
    assert.equal(
      runStateOf('TIMED_OUT', classify(reported('running', step({ state: 'running' })))),
      'failed',
    );
    assert.equal(runStateOf('COMPLETED', classify(reported('failed', failedWith('tool.timeout')))), 'failed');
    assert.equal(runStateOf('COMPLETED', reported('running')), 'done');
    assert.equal(runStateOf('COMPLETED', null), 'done');
    assert.equal(runStateOf('CONTINUED_AS_NEW', reported('waiting')), 'done');
  });

  it('counts nothing that may pass without a change as a refusal, other than a limit', () => {
    const codes = Object.entries(errorTable);
    for (const [code, { retryable, status }] of codes)
      if (isRefusalCode(code)) assert.ok(status < 500 && (!retryable || status === 429), code);
    for (const code of ['internal.unexpected', 'service.unavailable', 'mail.undeliverable', 'tool.timeout'])
      assert.ok(!isRefusalCode(code), code);
  });
});
