import assert from 'node:assert/strict';
import { onboardingSteps } from '../../../../db/domain/onboarding/steps.ts';
import { nextKinds, waitKinds } from '../../../../db/domain/progress.ts';
import type { StuckRun } from '../../../../db/repos/runs/attention.ts';
import { statusOfRow } from '../../../../api/admin/shared/run-status.ts';
import { type RunStatus, stateWords, whyOf } from '../../../../api/admin/shared/why.ts';
import { onboardTenantContract } from '../../../../workflows/onboarding/onboard-tenant.contract.ts';
import { minuteMs } from '../../../../db/domain/time.ts';

const nowMs = Date.parse('2026-11-22T12:00:00Z');
const before = (minutes: number) => new Date(nowMs - minutes * minuteMs).toISOString();
const after = (minutes: number) => before(-minutes);

const waiting = (change: Partial<RunStatus> = {}): RunStatus => ({
  state: 'waiting',
  step: {
    key: 'website',
    title: 'Website',
    state: 'waiting',
    since: before(60),
    pending: 'choose a website',
  },
  waitingFor: 'owner',
  canRemind: true,
  next: { kind: 'reminder', at: after(18 * 60) },
  ...change,
});
const stuck: StuckRun = {
  tenantId: 'ten_1',
  tenantName: 'Rivera Bakery',
  runId: 'run-1',
  workflowId: 't:ten_1:process:key',
  process: '',
  state: 'waiting',
  step: null,
  stepState: 'waiting',
  since: new Date(before(60)),
  waitingFor: 'owner',
  errorCode: null,
  errorMessage: null,
  nextKind: null,
  nextAt: null,
  startedAt: new Date(before(120)),
};
const running = (change: Partial<RunStatus> = {}): RunStatus =>
  waiting({
    state: 'running',
    next: null,
    step: { key: 'plan', title: 'Plan', state: 'running', since: before(1) },
    ...change,
  });

describe('[ONB-5] [WF-2] why a run does not go on, in one sentence', () => {
  it('says what the owner has not done, that nothing is broken, and what happens next', () => {
    assert.deepEqual(whyOf(waiting(), nowMs), {
      text: 'Waiting for the owner to choose a website. Nothing is wrong. The next reminder is sent in 18 h.',
      tone: 'waiting',
      action: 'remind',
      ask: 'The owner',
    });
  });

  it('says of every step that waits for a person what is left to do, as its contract declares it', () => {
    const { steps } = onboardTenantContract;
    const row = (step: string) => ({ ...stuck, process: 'onboard-tenant', step });
    const texts = onboardingSteps.map((step) => whyOf(statusOfRow(row(step)), nowMs)?.text);
    assert.equal(new Set(texts).size, onboardingSteps.length);
    for (const step of onboardingSteps) {
      const pending = steps.find(({ key }) => key === step)?.pending;
      assert.ok(pending && texts.some((text) => text?.includes(`to ${pending}.`)), step);
    }
  });

  it('has words for everything a run can wait for and do next', () => {
    const words = waitKinds.map((kind) => stateWords('waiting', kind));
    assert.equal(new Set(words).size, waitKinds.length);
    const next = nextKinds.map((kind) => whyOf(waiting({ next: { kind, at: after(60) } }), nowMs)?.text);
    assert.equal(new Set(next).size, nextKinds.length);
    assert.ok([...words, ...next].every((text) => text && !text.includes('undefined')));
  });

  it('repeats what the owner saw when a choice was refused', () => {
    const error = { code: 'payment.declined', message: 'Your card was declined.' };
    const text = whyOf(waiting({ error }), nowMs)?.text;
    assert.match(text ?? '', /^The owner saw “Your card was declined\.”/);
    assert.ok(!text?.includes('Nothing is wrong'));
  });

  it('offers no reminder where the process declares none', () => {
    const row = { ...stuck, process: 'send-invite', step: 'answer', waitingFor: 'invitee' as const };
    const why = whyOf(statusOfRow(row), nowMs);
    assert.equal(why?.action, null);
    assert.match(why?.text ?? '', /^Waiting for the invited person to answer the invitation\./);
  });

  it('names the step, the cause and who can help when help is needed', () => {
    const error = { code: 'payment.gateway-unavailable', message: 'We couldn’t reach the payment provider' };
    const why = whyOf(waiting({ state: 'needsAttention', error }), nowMs);
    assert.match(why?.text ?? '', /^“Website” failed\. We couldn’t reach the payment provider\. /);
    assert.deepEqual([why?.action, why?.tone, why?.ask], ['retry', 'attention', 'Payment provider admin']);
  });

  it('tells how often work was tried and when it is tried again', () => {
    const work = {
      attempt: 4,
      failure: 'The mail server isn’t responding.',
      nextTryAt: after(0.5),
      taken: false,
    };
    assert.equal(
      whyOf(running({ work }), nowMs)?.text,
      '3 attempts of “Plan” failed. The mail server isn’t responding. Retries automatically in 30 s.',
    );
    assert.match(whyOf(running({ work: { ...work, taken: true } }), nowMs)?.text ?? '', /Retrying now\.$/);
    assert.match(
      whyOf(running({ work: { ...work, nextTryAt: before(1) } }), nowMs)?.text ?? '',
      /any moment now\.$/,
    );
  });

  it('says that no worker is available, and when something has been silent for too long', () => {
    assert.match(whyOf(running({ workerAvailable: false }), nowMs)?.text ?? '', /^No worker is available/);
    const step = { key: 'plan', title: 'Plan', state: 'running' as const, since: before(25) };
    assert.match(whyOf(running({ step }), nowMs)?.text ?? '', /has been running for 25 min/);
  });

  it('says nothing of a run that simply runs or has ended well, and why one ended badly', () => {
    assert.equal(whyOf(running(), nowMs), null);
    assert.equal(whyOf(waiting({ state: 'done', step: null }), nowMs), null);
    const error = { code: 'tenant.name-taken', message: 'This name is taken.' };
    assert.match(whyOf(waiting({ state: 'failed', error }), nowMs)?.text ?? '', /This name is taken\.$/);
    assert.match(whyOf(waiting({ state: 'stopped', step: null }), nowMs)?.text ?? '', /stopped/);
    const refused = whyOf(waiting({ state: 'refused', error }), nowMs);
    assert.deepEqual([refused?.text, refused?.tone], ['Refused: This name is taken.', 'idle']);
  });

  it('names only what is offered for a step that needs help', () => {
    const textOf = (canSkip: boolean) =>
      whyOf(
        waiting({
          state: 'needsAttention',
          step: { key: 'plan', title: 'Plan', state: 'needsAttention', since: before(1), canSkip },
        }),
        nowMs,
      )?.text ?? '';
    assert.match(textOf(false), /Retry or fail the step/);
    assert.match(textOf(true), /Retry, skip or fail the step/);
  });
});
