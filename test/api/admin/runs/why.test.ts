import assert from 'node:assert/strict';
import { onboardingSteps } from '../../../../db/domain/onboarding/steps.ts';
import { type RunStatus, whyOf } from '../../../../api/admin/runs/why.ts';

const nowMs = Date.parse('2026-11-22T12:00:00Z');
const before = (minutes: number) => new Date(nowMs - minutes * 60_000).toISOString();
const after = (minutes: number) => before(-minutes);

const waiting = (change: Partial<RunStatus> = {}): RunStatus => ({
  process: 'onboard-tenant',
  state: 'waiting',
  step: { key: 'website', title: 'Website', state: 'waiting', since: before(60) },
  waitingFor: 'the owner',
  next: { what: 'A reminder goes out', at: after(18 * 60) },
  ...change,
});
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
      text: 'The owner has not chosen a website yet. Nothing is broken. A reminder goes out in 18 h.',
      tone: 'waiting',
      action: 'remind',
      ask: 'The owner',
    });
  });

  it('has words of its own for every step of the set-up', () => {
    const texts = onboardingSteps.map((key) => {
      const step = { key, title: key, state: 'waiting' as const, since: before(60) };
      return whyOf(waiting({ step }), nowMs)?.text;
    });
    assert.equal(new Set(texts).size, onboardingSteps.length);
  });

  it('tells what the owner was told when a choice was refused', () => {
    const error = { code: 'payment.declined', message: 'Your card was declined.' };
    const text = whyOf(waiting({ error }), nowMs)?.text;
    assert.match(text ?? '', /^The owner was told: “Your card was declined\.”/);
    assert.ok(!text?.includes('Nothing is broken'));
  });

  it('offers no reminder where there is nobody to remind', () => {
    const step = { key: 'answer', title: 'Answer', state: 'waiting' as const, since: before(60) };
    const why = whyOf(waiting({ process: 'send-invite', step, waitingFor: 'the invited person' }), nowMs);
    assert.equal(why?.action, null);
    assert.match(why?.text ?? '', /^The invited person has not answered yet\./);
  });

  it('names the step, the cause and who can help when help is needed', () => {
    const error = { code: 'payment.gateway-unavailable', message: 'We could not reach the payment provider' };
    const why = whyOf(waiting({ state: 'needsAttention', error }), nowMs);
    assert.match(why?.text ?? '', /^“Website” did not succeed\. We could not reach the payment provider\. /);
    assert.deepEqual(
      [why?.action, why?.tone, why?.ask],
      ['retry', 'attention', 'Whoever looks after the payment provider'],
    );
  });

  it('tells how often work was tried and when it is tried again', () => {
    const work = {
      attempt: 4,
      failure: 'The mail server does not answer.',
      nextTryAt: after(0.5),
      taken: false,
    };
    assert.equal(
      whyOf(running({ work }), nowMs)?.text,
      '3 tries of “Plan” did not succeed. The mail server does not answer. It is tried again by itself in 30 s.',
    );
    assert.match(whyOf(running({ work: { ...work, taken: true } }), nowMs)?.text ?? '', /right now\.$/);
    assert.match(
      whyOf(running({ work: { ...work, nextTryAt: before(1) } }), nowMs)?.text ?? '',
      /any moment now\.$/,
    );
  });

  it('says that no worker is there, and when something has been silent for too long', () => {
    assert.match(whyOf(running({ workerAvailable: false }), nowMs)?.text ?? '', /^No worker is there/);
    const step = { key: 'plan', title: 'Plan', state: 'running' as const, since: before(25) };
    assert.match(whyOf(running({ step }), nowMs)?.text ?? '', /has been running for 25 min/);
  });

  it('says nothing of a run that simply runs or has ended well, and why one ended badly', () => {
    assert.equal(whyOf(running(), nowMs), null);
    assert.equal(whyOf(waiting({ state: 'done', step: null }), nowMs), null);
    const error = { code: 'tenant.name-taken', message: 'This name is taken.' };
    assert.match(whyOf(waiting({ state: 'failed', error }), nowMs)?.text ?? '', /This name is taken\.$/);
    assert.match(whyOf(waiting({ state: 'stopped', step: null }), nowMs)?.text ?? '', /stopped/);
  });
});
