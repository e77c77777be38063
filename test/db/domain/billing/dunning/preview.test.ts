import assert from 'node:assert/strict';
import { compareWithPreview } from '../../../../../db/domain/billing/dunning/compare.ts';
import {
  applyDunningStep,
  askForTry,
  nextDunningStep,
  observeCase,
  openCase,
} from '../../../../../db/domain/billing/dunning/plan.ts';
import { dunningPolicy, type DunningPolicy } from '../../../../../db/domain/billing/dunning/policy.ts';
import { previewDunning } from '../../../../../db/domain/billing/dunning/preview.ts';
import { standardPolicy } from '../../../../support/dunning.ts';
import {
  dunningMails,
  type DunningState,
  type StepResult,
} from '../../../../../db/domain/billing/dunning/state.ts';
import { type DeclineClass, declineClasses } from '../../../../../db/domain/billing/payments.ts';
import { hourMs } from '../../../../../db/domain/time.ts';

/** Numbers that look random and are the same each time. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
const zones = ['Europe/Madrid', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];

function randomPolicy(roll: (below: number) => number): DunningPolicy {
  const days = () => {
    const list = Array.from({ length: roll(6) }, () => 1 + roll(30));
    return [...new Set(list)].sort((a, b) => a - b);
  };
  const [restrictAfterDays = 0, suspendAfterDays = 0, cancelAfterDays = 0] = [
    roll(30),
    roll(30),
    roll(60),
  ].sort((a, b) => a - b);
  const fromHour = roll(12);
  return dunningPolicy.parse({
    retriesByClass: Object.fromEntries(declineClasses.map((key) => [key, days()])),
    ...{ maxTries: 1 + roll(8), fromHour, toHour: fromHour + 1 + roll(12), avoidWeekends: roll(2) === 0 },
    ...{
      mails: dunningMails.filter(() => roll(3) > 0),
      restrictAfterDays,
      suspendAfterDays,
      cancelAfterDays,
    },
  });
}

const startOf = (policy: DunningPolicy, declineClass: DeclineClass, timezone: string, atMs: number) =>
  openCase(policy, { timezone, atMs, declineClass, cardId: 'pm_1' });

/** Carries a case out as the process does: through JSON each time, each step late, the answers from a bank. */
function carryOut(
  policy: DunningPolicy,
  start: DunningState,
  bank: (attempt: number) => NonNullable<StepResult>,
  lateMs: number,
): DunningState {
  let state = start;
  for (;;) {
    state = JSON.parse(JSON.stringify(state)) as DunningState;
    const step = nextDunningStep(policy, state);
    if (!step) return state;
    const nowMs = step.atMs + lateMs;
    state = observeCase(policy, state, {
      invoice: state.over?.outcome === 'paid' ? 'paid' : 'open',
      cardId: 'pm_1',
      nowMs,
    });
    state = applyDunningStep(
      policy,
      state,
      step,
      step.kind === 'retry' ? bank(step.attempt ?? 0) : null,
      nowMs,
    );
  }
}

const localHour = (timezone: string, atMs: number) => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    hour: 'numeric',
    hourCycle: 'h23',
  });
  const found = Object.fromEntries(parts.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return { hour: Number(found['hour']), isWeekend: ['Sat', 'Sun'].includes(found['weekday'] ?? '') };
};

describe('[BIL-4] the preview of dunning', () => {
  it('comes true on 200 random paths over every class of refusal', () => {
    const roll = dice(14);
    const seen = new Set<string>();
    for (let path = 0; path < 210; path += 1) {
      const policy = path % 5 === 0 ? standardPolicy : randomPolicy(roll);
      const declineClass = declineClasses[path % declineClasses.length] ?? 'doNotHonour';
      const timezone = zones[roll(zones.length)] ?? 'UTC';
      const atMs = Date.UTC(2027, roll(12), 1 + roll(28), roll(24), roll(60));
      const start = startOf(policy, declineClass, timezone, atMs);
      const scenarios = previewDunning(policy, start);
      const scenario = scenarios[roll(scenarios.length)];
      assert.ok(scenario);
      const fails =
        declineClass === 'gatewayDown'
          ? { unreachable: true as const }
          : { paid: false as const, declineClass };
      const bank = (attempt: number) => (attempt === scenario.worksOnTry ? { paid: true as const } : fails);
      const { done, ...end } = carryOut(policy, start, bank, roll(59) * 60_000);
      assert.deepEqual(
        done.map(({ doneMs: _, ...step }) => step),
        scenario.steps.map(({ access: _, ...step }) => step),
      );
      assert.equal(compareWithPreview({ done, extendedDays: 0 }, scenarios), null);
      assert.equal(end.over?.outcome, scenario.worksOnTry === null ? 'cancelled' : 'paid');
      seen.add(`${declineClass} ${scenario.worksOnTry === null}`);
      for (const step of done) {
        const { hour, isWeekend } = localHour(timezone, step.atMs);
        const isInside = hour >= policy.fromHour && hour < policy.toHour;
        // What follows from a payment needs no office hours.
        if (step.kind !== 'settled') assert.ok(isInside, `${step.kind} at ${hour}`);
        if (policy.avoidWeekends && step.kind !== 'mail') assert.ok(!isWeekend, step.kind);
      }
      const times = done.map(({ atMs: at }) => at);
      assert.deepEqual(
        times,
        [...times].sort((a, b) => a - b),
      );
      assert.ok(end.tries <= Math.max(1, policy.maxTries));
    }
    assert.ok(seen.size >= declineClasses.length);
  });

  it('tries nothing unasked after a refusal for good, and still goes down the ladder', () => {
    const start = startOf(standardPolicy, 'stolenCard', 'UTC', Date.UTC(2027, 2, 1, 10));
    const [nothing, ...others] = previewDunning(standardPolicy, start);
    assert.deepEqual(others, []);
    assert.deepEqual(
      nothing?.steps.map(({ kind, mail, access }) => [kind, mail ?? access]),
      [
        ['mail', 'failed'],
        ['restrict', 'restricted'],
        ['mail', 'restricted'],
        ['suspend', 'suspended'],
        ['mail', 'suspended'],
        ['cancel', 'suspended'],
        ['mail', 'cancelled'],
      ],
    );
  });

  it('keeps nights, weekends and the change of clocks in the timezone of the business', () => {
    // Friday 23:30 in Madrid; the clocks go forward on Sunday.
    const atMs = Date.parse('2027-03-26T22:30:00Z');
    const start = startOf(standardPolicy, 'doNotHonour', 'Europe/Madrid', atMs);
    const [nothing] = previewDunning(standardPolicy, start);
    const times = nothing?.steps
      .slice(0, 3)
      .map(({ kind, atMs: at }) => `${kind} ${new Date(at).toISOString()}`);
    // The mail on Saturday at 09:00, the try of Saturday on Monday at 09:00, which is an hour earlier by then.
    assert.deepEqual(times, [
      'mail 2027-03-27T08:00:00.000Z',
      'retry 2027-03-29T07:00:00.000Z',
      'mail 2027-03-29T07:00:00.000Z',
    ]);
  });

  it('says what was otherwise: another answer, a payment from elsewhere, a new card, a try by hand, a late worker', () => {
    const atMs = Date.UTC(2027, 2, 1, 10);
    const start = startOf(standardPolicy, 'insufficientFunds', 'UTC', atMs);
    const scenarios = previewDunning(standardPolicy, start);
    const codeOf = (state: DunningState) => compareWithPreview(state, scenarios)?.code;
    const bank = (attempt: number) =>
      attempt === 2 ? { paid: false as const, declineClass: 'stolenCard' as const } : { paid: true as const };
    assert.equal(codeOf(carryOut(standardPolicy, start, bank, 0)), 'otherAnswer');
    const facts = { cardId: 'pm_1', nowMs: atMs + 30 * hourMs };
    const settle = (state: DunningState) => carryOut(standardPolicy, state, () => ({ paid: true }), 0);
    assert.equal(
      codeOf(settle(observeCase(standardPolicy, start, { ...facts, invoice: 'paid' }))),
      'paidElsewhere',
    );
    assert.equal(codeOf(settle(observeCase(standardPolicy, start, { ...facts, invoice: 'void' }))), 'voided');
    const card = observeCase(standardPolicy, start, { ...facts, cardId: 'pm_2', invoice: 'open' });
    const next = nextDunningStep(standardPolicy, card);
    assert.deepEqual([next?.kind, next?.reason, next?.atMs], ['retry', 'newCard', facts.nowMs]);
    assert.equal(codeOf(settle(card)), 'newCard');
    assert.equal(codeOf(settle(askForTry(start, 'askedByAdmin', facts.nowMs))), 'triedByHand');
    assert.equal(codeOf(carryOut(standardPolicy, start, () => ({ paid: true }), 2 * hourMs)), 'late');
    assert.equal(codeOf(settle({ ...start, extendedDays: 3 })), undefined);
    const longer = carryOut(
      standardPolicy,
      { ...start, extendedDays: 3 },
      () => ({ paid: false, declineClass: 'insufficientFunds' }),
      0,
    );
    assert.equal(codeOf(longer), 'extended');
  });

  it('does what is due at the same moment in its order: money, access, mail', () => {
    const policy = { ...standardPolicy, restrictAfterDays: 2, suspendAfterDays: 2 };
    const start = startOf(policy, 'insufficientFunds', 'UTC', Date.UTC(2027, 2, 1, 10));
    const [nothing] = previewDunning(policy, start);
    assert.deepEqual(
      nothing?.steps.slice(1, 5).map(({ kind, mail }) => mail ?? kind),
      ['retry', 'restrict', 'suspend', 'suspended'],
    );
  });
});
