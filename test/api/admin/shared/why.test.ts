import assert from 'node:assert/strict';
import { onboardingSteps } from '../../../../db/domain/onboarding/steps.ts';
import { nextKinds, waitKinds } from '../../../../db/domain/progress.ts';
import type { StuckRun } from '../../../../db/repos/runs/attention.ts';
import { statusOfRow } from '../../../../api/admin/shared/run-status.ts';
import { stateWords, whyOf, whysOf } from '../../../../api/admin/shared/why.ts';
import { causeCodes, type CauseCode } from '../../../../db/domain/runs/why/cause.ts';
import type { RunFacts } from '../../../../db/domain/runs/why/facts.ts';
import { onboardTenantContract } from '../../../../workflows/onboarding/onboard-tenant.contract.ts';
import { minuteMs } from '../../../../db/domain/time.ts';

const nowMs = Date.parse('2026-11-22T12:00:00Z');
const before = (minutes: number) => new Date(nowMs - minutes * minuteMs).toISOString();
const after = (minutes: number) => before(-minutes);

const waiting = (change: Partial<RunFacts> = {}): RunFacts => ({
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
const running = (change: Partial<RunFacts> = {}): RunFacts =>
  waiting({
    state: 'running',
    next: null,
    step: { key: 'plan', title: 'Plan', state: 'running', since: before(1) },
    ...change,
  });

describe('[ONB-5] [WF-2] why a run does not go on, in one sentence', () => {
  it('says what the owner has not done, that nothing is broken, and what happens next', () => {
    assert.deepEqual(whyOf(waiting(), nowMs), {
      code: 'waitsCustomer',
      text: 'Waiting for the owner to choose a website. Nothing is wrong. The next reminder is sent in 18 h.',
      tone: 'waiting',
      action: 'remind',
      ask: 'The owner',
      runId: null,
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

const hold = { since: before(90), by: 'Ada Lovelace', reason: 'Too many mails went out' };
const tried = (code: string, failure = 'It didn’t work.') =>
  running({ work: { attempt: 3, failure, code, nextTryAt: after(2), taken: false } });
const parked = (code: string) =>
  waiting({
    state: 'needsAttention',
    waitingFor: 'administrator',
    error: { code, message: 'It didn’t work.' },
  });
const silentStep = { key: 'plan', title: 'Plan', state: 'running' as const, since: before(25) };

/** For each cause runs that it holds up, and what its sentence says. */
const fixtures: Record<CauseCode, [run: RunFacts, text: RegExp][]> = {
  failed: [[waiting({ state: 'failed', step: null }), /failed.*cause is unknown/]],
  refused: [
    [waiting({ state: 'refused', step: null, error: { code: 'x', message: 'No' } }), /^Refused: No\.$/],
  ],
  stopped: [[waiting({ state: 'stopped', step: null }), /stopped/]],
  engineAway: [],
  frozen: [
    [
      running({ frozen: hold, step: silentStep }),
      /^Frozen for 1 h 30 min by Ada Lovelace: Too many mails went out\./,
    ],
    [{ ...tried('mail.unavailable'), frozen: { since: null, by: null, reason: null } }, /^Frozen\. /],
    [
      running({ frozen: { ...hold, reach: 'platform' } }),
      /^The platform is frozen for 1 h 30 min by Ada Lovelace/,
    ],
  ],
  noWorker: [
    [running({ workerAvailable: false, queue: 'mail', step: silentStep }), /for the queue “mail”/],
    [{ ...tried('tool.circuit-open'), workerAvailable: false }, /^No worker is available\./],
    [running({ workerAvailable: false, backlog: { queue: 'core', count: 3, ageMs: 60_000 } }), /^No worker/],
  ],
  cannotReplay: [
    [
      running({ codeFailure: 'nonDeterminism', step: silentStep }),
      /doesn’t match what this run has recorded/,
    ],
    [running({ codeFailure: 'error' }), /fails on this run/],
  ],
  paused: [[running({ paused: hold, step: silentStep }), /^Paused for 1 h 30 min by Ada Lovelace/]],
  schedulePaused: [[running({ schedulePaused: hold }), /^The schedule is paused for 1 h 30 min/]],
  billingBlocked: [
    [running({ billing: 'pastDue' }), /past due/],
    [running({ billing: 'restricted' }), /restricted for an unpaid invoice/],
    [running({ billing: 'suspended' }), /suspended/],
  ],
  credentialsRevoked: [
    [
      tried('connection.needs-reconnect'),
      /“Plan” can’t continue\. It didn’t work\. Retries automatically in 2 min/,
    ],
    [parked('connection.missing'), /Reconnect it, then retry the step/],
  ],
  limitReached: [
    [tried('tool.rate-limited', ''), /A limit is reached/],
    [parked('plan.limit-exceeded'), /once the limit is raised/],
  ],
  vendorDown: [
    [tried('tool.circuit-open', ''), /The vendor isn’t responding/],
    [parked('tool.circuit-open'), /once it responds again/],
  ],
  needsHelp: [[parked('mail.unavailable'), /^“Website” failed\./]],
  childStuck: [
    [
      running({
        step: silentStep,
        child: {
          runId: 'run-2',
          title: 'Connection of a server',
          cause: { code: 'noWorker', queue: 'tools' },
        },
      }),
      /waits for “Connection of a server”, which is stuck\. No worker is available for the queue “tools”/,
    ],
  ],
  retrying: [[tried('mail.unavailable'), /^2 attempts of “Plan” failed/]],
  backlog: [
    [
      running({ backlog: { queue: 'core', count: 2_000, ageMs: 90_000 }, step: silentStep }),
      /^2,?000 tasks of the queue “core” wait for a free worker, the oldest for 1 min 30 s/,
    ],
  ],
  waitsApproval: [[waiting({ waitingFor: 'approver' }), /^Waiting for an approver/]],
  waitsCustomer: [[waiting(), /^Waiting for the owner to choose a website/]],
  waitsPerson: [
    [waiting({ waitingFor: 'invitee' }), /^Waiting for the invited person/],
    [waiting({ waitingFor: 'connector' }), /^Waiting for the person who connects/],
  ],
  silent: [[running({ step: silentStep }), /has been running for 25 min/]],
  timer: [
    [
      waiting({ state: 'scheduled', waitingFor: 'schedule', next: { kind: 'purge', at: after(60) } }),
      /in 1 h\.$/,
    ],
  ],
};

describe('[WF-2] every cause of a run that doesn’t move', () => {
  for (const code of causeCodes) {
    for (const [index, [run, text]] of fixtures[code].entries()) {
      it(`names ${code} and none other (${index + 1})`, () => {
        const whys = whysOf(run, nowMs);
        assert.deepEqual(
          whys.map((why) => why.code),
          [code],
        );
        assert.match(whys[0]?.text ?? '', text);
        assert.doesNotMatch(whys[0]?.text ?? '', /undefined|null|NaN/);
      });
    }
  }

  it('names what must be mended first before what follows', () => {
    const codes = (run: RunFacts) => whysOf(run, nowMs).map(({ code }) => code);
    assert.deepEqual(codes(waiting({ workerAvailable: false, frozen: hold })), [
      'frozen',
      'noWorker',
      'waitsCustomer',
    ]);
    assert.deepEqual(codes({ ...parked('connection.missing'), paused: hold }), [
      'paused',
      'credentialsRevoked',
    ]);
  });

  it('says who can act where someone can, and never offers two ways at once', () => {
    const actions = (code: CauseCode) => whyOf(fixtures[code].at(-1)?.[0] ?? waiting(), nowMs)?.action;
    assert.deepEqual(
      (['noWorker', 'cannotReplay', 'credentialsRevoked', 'waitsApproval', 'retrying', 'timer'] as const).map(
        actions,
      ),
      ['openWorkers', 'openHistory', 'reconnect', 'openApprovals', null, null],
    );
  });
});
