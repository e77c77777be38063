import assert from 'node:assert/strict';
import { boundaryAt, daysBetween, periodAt, periodFrom } from '../../../../db/domain/billing/periods.ts';
import { allocate, shareOf, tieredMinor } from '../../../../db/domain/billing/rates.ts';
import { withTax } from '../../../../db/domain/billing/tax/tax.ts';
import { minorDigits } from '../../../../db/domain/money.ts';

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);

describe('[BIL-1] what a quantity costs', () => {
  const tiers = [
    { upTo: 10, unit: { amountMinor: 100, per: 1 }, flatMinor: 0 },
    { upTo: 100, unit: { amountMinor: 50, per: 1 }, flatMinor: 500 },
    { upTo: null, unit: { amountMinor: 1, per: 3 }, flatMinor: 0 },
  ];

  it('is each unit at the rate of its band, or all at the rate of the last', () => {
    assert.equal(tieredMinor(0, tiers, 'graduated'), 0);
    assert.equal(tieredMinor(10, tiers, 'graduated'), 1_000);
    assert.equal(tieredMinor(11, tiers, 'graduated'), 1_000 + 500 + 50);
    assert.equal(tieredMinor(102, tiers, 'graduated'), 1_000 + 500 + 90 * 50 + 1);
    assert.equal(tieredMinor(102, tiers, 'volume'), 34);
    assert.equal(tieredMinor(100, tiers, 'volume'), 100 * 50 + 500);
  });

  it('is rounded once, halves away from zero', () => {
    assert.deepEqual(
      [shareOf(5, 1, 2), shareOf(-5, 1, 2), shareOf(4, 1, 3), shareOf(1, 1, 3)],
      [3, -3, 1, 0],
    );
    assert.equal(shareOf(9_007_199_254_740_991, 1, 1), 9_007_199_254_740_991);
    assert.throws(() => shareOf(9_007_199_254_740_991, 2, 1), RangeError);
  });

  it('loses and makes no cent in 10,000 divisions', () => {
    const roll = dice(7);
    for (let round = 0; round < 10_000; round += 1) {
      const total = roll(1_000_000) - 500_000;
      const weights = Array.from({ length: 1 + roll(8) }, () => roll(1_000));
      const parts = allocate(total, weights);
      assert.equal(sum(parts), total);
      const whole = sum(weights);
      for (const [index, part] of parts.entries())
        if (whole > 0) assert.ok(Math.abs(part - (total * (weights[index] ?? 0)) / whole) <= 1);
    }
  });

  it('takes tax from or adds it to the whole, so that sum and tax are the total, in 10,000 cases', () => {
    const roll = dice(11);
    for (let round = 0; round < 10_000; round += 1) {
      const lines = roll(10_000_000) - 1_000_000;
      const bps = roll(3_000);
      for (const inclusive of [true, false]) {
        const { subtotalMinor, taxMinor, totalMinor } = withTax(lines, {
          bps,
          inclusive,
          treatment: 'standard',
        });
        assert.equal(subtotalMinor + taxMinor, totalMinor);
        assert.equal(inclusive ? totalMinor : subtotalMinor, lines);
        assert.ok(Math.abs(taxMinor - (subtotalMinor * bps) / 10_000) <= 1);
      }
    }
    assert.deepEqual(withTax(11_900, { bps: 1_900, inclusive: true, treatment: 'standard' }).taxMinor, 1_900);
    assert.equal(withTax(10_000, { bps: 1_900, inclusive: false, treatment: 'reverseCharge' }).taxMinor, 0);
  });

  it('has the minor units of ISO 4217, whatever the runtime says', () => {
    assert.deepEqual(
      ['EUR', 'JPY', 'KWD', 'COP', 'PKR', 'HUF', 'CLF', 'ISK'].map(minorDigits),
      [2, 0, 3, 2, 2, 2, 4, 0],
    );
  });
});

describe('[BIL-1] periods', () => {
  const local = (atMs: number, timezone: string) =>
    new Intl.DateTimeFormat('sv', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' }).format(
      atMs,
    );
  const boundaries = (from: string, timezone: string, interval: 'month' | 'year', count: number) =>
    Array.from({ length: count }, (_, index) =>
      local(boundaryAt({ anchorMs: Date.parse(from), timezone, interval }, index), timezone),
    );

  it('end on the day of the anchor, or on the last day of a shorter month, and come back to it', () => {
    assert.deepEqual(boundaries('2027-01-31T12:00:00Z', 'UTC', 'month', 4), [
      '2027-01-31 12:00:00',
      '2027-02-28 12:00:00',
      '2027-03-31 12:00:00',
      '2027-04-30 12:00:00',
    ]);
    assert.deepEqual(boundaries('2028-02-29T12:00:00Z', 'UTC', 'year', 5), [
      '2028-02-29 12:00:00',
      '2029-02-28 12:00:00',
      '2030-02-28 12:00:00',
      '2031-02-28 12:00:00',
      '2032-02-29 12:00:00',
    ]);
  });

  it('keep their time of day when the clocks change, and an hour that is skipped counts as the next', () => {
    assert.deepEqual(boundaries('2027-02-28T08:00:00Z', 'Europe/Berlin', 'month', 3), [
      '2027-02-28 09:00:00',
      '2027-03-28 09:00:00',
      '2027-04-28 09:00:00',
    ]);
    assert.deepEqual(boundaries('2027-02-28T01:30:00Z', 'Europe/Berlin', 'month', 3), [
      '2027-02-28 02:30:00',
      '2027-03-28 03:30:00',
      '2027-04-28 02:30:00',
    ]);
  });

  it('follow one another without gap or overlap, over 20 years in zones around the world', () => {
    for (const timezone of [
      'UTC',
      'America/New_York',
      'Asia/Kolkata',
      'Pacific/Auckland',
      'Australia/Lord_Howe',
    ]) {
      const anchor = { anchorMs: Date.parse('2026-10-31T10:30:00Z'), timezone, interval: 'month' as const };
      for (let count = 0; count < 240; count += 1) {
        const [startMs, endMs] = [boundaryAt(anchor, count), boundaryAt(anchor, count + 1)];
        assert.deepEqual(periodAt(anchor, startMs), { startMs, endMs });
        assert.deepEqual(periodAt(anchor, endMs - 1), { startMs, endMs });
        assert.deepEqual(periodFrom(anchor, startMs), { startMs, endMs });
        const days = daysBetween(timezone, startMs, endMs);
        assert.ok(days >= 28 && days <= 31, `${timezone} ${count}: ${days}`);
      }
    }
  });

  it('end where the anchor says, also after a boundary that another timezone has moved', () => {
    const anchor = {
      anchorMs: Date.parse('2027-01-31T12:00:00Z'),
      timezone: 'UTC',
      interval: 'month' as const,
    };
    for (const hours of [-14, 0, 14]) {
      const moved = Date.parse('2027-02-28T12:00:00Z') + hours * 3_600_000;
      assert.deepEqual(periodFrom(anchor, moved), {
        startMs: moved,
        endMs: Date.parse('2027-03-31T12:00:00Z'),
      });
    }
  });
});
