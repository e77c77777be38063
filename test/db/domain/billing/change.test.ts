import assert from 'node:assert/strict';
import {
  canKeepTerms,
  type ChangeRequest,
  pendingWithoutChoice,
  planChange,
  type Terms,
  versionFor,
} from '../../../../db/domain/billing/change.ts';
import { boundaryAt, daysBetween, periodAt } from '../../../../db/domain/billing/periods.ts';
import { intervals, type Price, recurringMinor } from '../../../../db/domain/billing/plans.ts';
import { untaxed } from '../../../../db/domain/billing/tax/tax.ts';

const at = (iso: string) => new Date(iso);
const flat = (
  flatMinor: number,
  interval: 'month' | 'year' = 'month',
  perSeat: number | null = null,
): Price => ({
  ...{ currency: 'EUR', interval, flatMinor, usage: [] },
  seats:
    perSeat === null
      ? null
      : {
          ...{ included: 1, tiering: 'graduated' },
          tiers: [{ upTo: null, unit: { amountMinor: perSeat, per: 1 }, flatMinor: 0 }],
        },
});
const running: Terms = { planKey: 'growth', planVersion: 1, interval: 'month', seats: 1 };
const subscription: ChangeRequest['subscription'] = {
  ...running,
  ...{ status: 'active', amountMinor: 14_900, timezone: 'Europe/Madrid', trialEndsAt: null, pending: null },
  anchorAt: at('2027-03-01T08:00:00Z'),
  periodStart: at('2027-03-01T08:00:00Z'),
  periodEnd: at('2027-04-01T07:00:00Z'),
};
const plan = (
  target: Partial<Terms>,
  price: Price,
  changes: Partial<ChangeRequest['subscription']> = {},
  now = '2027-03-17T12:00:00Z',
) =>
  planChange({
    subscription: { ...subscription, ...changes },
    ...{ planTitle: 'Growth', targetTitle: 'Scale', target: { ...running, ...target }, price, tax: untaxed },
    nowMs: at(now).getTime(),
  });
const sum = (lines: readonly { amountMinor: number }[]) =>
  lines.reduce((all, { amountMinor }) => all + amountMinor, 0);
const upgrade = { planKey: 'scale' };

describe('[BIL-1] what a change of a subscription does and costs', () => {
  it('charges the days that are left of a more expensive plan, less those that were paid', () => {
    const { when, lines, dueNowMinor, next } = plan(upgrade, flat(39_900));
    // 15 of 31 days: 7,209.68 are unused, 19,306.45 remain.
    assert.deepEqual(
      lines.map(({ kind, amountMinor }) => [kind, amountMinor]),
      [
        ['unusedTime', -7_210],
        ['remainingTime', 19_306],
      ],
    );
    assert.deepEqual([when, dueNowMinor], ['now', 12_096]);
    assert.deepEqual(next, { atMs: subscription.periodEnd.getTime(), amountMinor: 39_900 });
  });

  it('takes tax into what is due now and next', () => {
    const tax = { treatment: 'standard', bps: 2_000, inclusive: false } as const;
    const request = { subscription, planTitle: '', targetTitle: '', target: { ...running, ...upgrade }, tax };
    const planned = planChange({
      ...request,
      price: flat(39_900),
      nowMs: at('2027-03-17T12:00:00Z').getTime(),
    });
    assert.deepEqual([planned.dueNowMinor, planned.next.amountMinor], [14_515, 47_880]);
  });

  it('lets a cheaper plan, fewer seats and a month after a year wait for the end of the period', () => {
    for (const planned of [
      plan({ planKey: 'starter' }, flat(4_900)),
      plan({ seats: 1 }, flat(14_900, 'month', 900), { seats: 3, amountMinor: 16_700 }),
      plan({ seats: 1 }, flat(14_900), { seats: 3 }),
      plan({ planKey: 'scale' }, flat(39_900), { interval: 'year' }),
    ]) {
      assert.deepEqual([planned.when, planned.lines, planned.dueNowMinor], ['periodEnd', [], 0]);
      assert.ok(planned.change.pending);
      assert.equal('amountMinor' in planned.change, false);
    }
  });

  it('charges more seats now', () => {
    const planned = plan({ seats: 3 }, flat(14_900, 'month', 900), {}, '2027-03-01T09:00:00Z');
    assert.deepEqual([planned.when, planned.dueNowMinor], ['now', 1_800]);
    assert.equal(plan({ seats: 3 }, flat(14_900)).when, 'now');
  });

  it('begins a year today when the interval becomes longer, with credit for the rest of the month', () => {
    const { when, lines, dueNowMinor, next, change } = plan({ interval: 'year' }, flat(149_000, 'year'));
    assert.deepEqual([when, dueNowMinor], ['now', 149_000 - 7_210]);
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['unusedTime', 'plan'],
    );
    assert.equal(new Date(next.atMs).toISOString(), '2028-03-17T12:00:00.000Z');
    assert.ok('anchorAt' in change);
    assert.equal(change.anchorAt.toISOString(), '2027-03-17T12:00:00.000Z');
  });

  it('never owes the customer money: such a change waits', () => {
    const planned = plan({ interval: 'year', planKey: 'starter' }, flat(2_000, 'year'));
    assert.deepEqual([planned.when, planned.dueNowMinor], ['periodEnd', 0]);
  });

  it('costs nothing during a trial, whatever it is', () => {
    const trialEndsAt = at('2027-03-20T08:00:00Z');
    const trial = { status: 'trialing', trialEndsAt, periodEnd: trialEndsAt, anchorAt: trialEndsAt } as const;
    for (const [target, price] of [
      [{ planKey: 'starter' }, flat(4_900)],
      [{ interval: 'year' }, flat(149_000, 'year')],
    ] as const) {
      const { when, dueNowMinor, next, change } = plan(target, price, trial);
      assert.deepEqual(
        [when, dueNowMinor, next],
        ['now', 0, { atMs: trialEndsAt.getTime(), amountMinor: price.flatMinor }],
      );
      assert.ok('periodEnd' in change);
      assert.deepEqual([change.periodEnd, change.anchorAt], [trialEndsAt, trialEndsAt]);
    }
  });

  it('drops what waits when the running terms are chosen again, but not a new price', () => {
    const pending = { ...running, planKey: 'starter' };
    const kept = plan({}, flat(14_900), { pending });
    assert.deepEqual([kept.when, kept.dueNowMinor, kept.change], ['now', 0, { pending: null }]);
    assert.equal(kept.next.amountMinor, 14_900);
    const moved = { ...subscription, pending: { ...running, planVersion: 2 } };
    assert.equal(canKeepTerms({ ...subscription, pending }), true);
    assert.equal(canKeepTerms(moved), false);
    assert.equal(versionFor(moved, 'growth', 3), 2);
    assert.equal(versionFor(subscription, 'growth', 3), 1);
    assert.equal(versionFor(subscription, 'scale', 3), 3);
    assert.equal(plan({ planVersion: 2 }, flat(19_900), { pending: moved.pending }).when, 'periodEnd');
    const fewer = { ...moved, seats: 3, pending: { ...moved.pending, seats: 1 } };
    assert.equal(canKeepTerms(fewer), true);
    assert.deepEqual(pendingWithoutChoice(fewer), { ...running, planVersion: 2, seats: 3 });
    assert.equal(pendingWithoutChoice({ ...subscription, pending }), null);
  });

  it('loses no unit over thousands of changes, in currencies with none, two and three decimals', () => {
    // A fixed seed: a failure is the same for everyone.
    let seed = 20_270_301;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
    for (let round = 0; round < 5_000; round += 1) {
      const timezone = pick(['UTC', 'Europe/Madrid', 'America/New_York', 'Pacific/Apia', 'Asia/Kolkata']);
      const interval = pick(intervals);
      const anchorMs = Date.UTC(2026 + random(3), random(12), 1 + random(31), random(24), random(60));
      const { startMs, endMs } = periodAt(
        { anchorMs, timezone, interval },
        boundaryAt({ anchorMs, timezone, interval }, random(14)),
      );
      const currency = pick(['EUR', 'JPY', 'KWD']);
      const priceOf = (of: 'month' | 'year'): Price => ({
        ...flat(random(2_000_000), of, pick([null, random(9_999)])),
        currency,
      });
      const [current, price] = [priceOf(interval), priceOf(pick(intervals))];
      const seats = 1 + random(40);
      const from = { ...running, interval, seats, amountMinor: recurringMinor(current, seats) };
      const target = { ...running, planKey: 'scale', interval: price.interval, seats: 1 + random(40) };
      const nowMs = random(4) === 0 ? startMs : startMs + random(endMs - startMs);
      const planned = planChange({
        subscription: {
          ...subscription,
          ...from,
          ...{
            timezone,
            anchorAt: new Date(anchorMs),
            periodStart: new Date(startMs),
            periodEnd: new Date(endMs),
          },
        },
        ...{ planTitle: 'Growth', targetTitle: 'Scale', target, price, tax: untaxed, nowMs },
      });
      const says = JSON.stringify({ round, from, target, price, planned });
      const full = recurringMinor(price, target.seats);
      assert.ok(planned.dueNowMinor >= 0, says);
      assert.equal(sum(planned.lines), planned.dueNowMinor, says);
      assert.equal(planned.next.amountMinor, full, says);
      if (planned.when === 'periodEnd') {
        assert.deepEqual([planned.lines, planned.dueNowMinor], [[], 0], says);
        continue;
      }
      const [unused = { amountMinor: 0 }, ...rest] = planned.lines;
      assert.ok(-unused.amountMinor <= from.amountMinor, says);
      if (price.interval !== interval) assert.equal(sum(rest), full, says);
      else {
        const days = daysBetween(timezone, startMs, endMs);
        const left = daysBetween(timezone, nowMs, endMs);
        // Within one unit of the exact share on each of the two lines.
        assert.ok(Math.abs(planned.dueNowMinor * days - (full - from.amountMinor) * left) <= days, says);
        if (left === days) assert.equal(planned.dueNowMinor, full - from.amountMinor, says);
      }
    }
  });
});
