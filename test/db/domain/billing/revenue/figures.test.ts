import assert from 'node:assert/strict';
import { converted } from '../../../../../db/domain/billing/revenue/exchange.ts';
import {
  lifetimeValue,
  type MovementSum,
  periodsOf,
  ratesOf,
  type RevenuePeriod,
  whole,
} from '../../../../../db/domain/billing/revenue/figures.ts';

const sum = (day: string, kind: MovementSum['kind'], amountMinor: number, customers = 1): MovementSum => ({
  ...{ day, kind, amountMinor, customers },
});
const days = ['2026-01-01', '2026-02-01', '2026-03-01'];

describe('[BIL-5a] figures of recurring revenue', () => {
  it('begin each stretch with what the one before ended with', () => {
    const periods = periodsOf(days, { amountMinor: 100, customers: 2 }, [
      sum('2026-01-01', 'new', 50),
      sum('2026-01-01', 'expansion', 10),
      sum('2026-02-01', 'churn', -40),
      sum('2026-02-01', 'contraction', -5),
      sum('2026-03-01', 'reactivation', 20),
    ]);
    assert.deepEqual(
      periods.map(({ startMinor, endMinor, customersStart, customersEnd }) => [
        ...[startMinor, endMinor, customersStart, customersEnd],
      ]),
      [
        [100, 160, 2, 3],
        [160, 115, 3, 2],
        [115, 135, 2, 3],
      ],
    );
    const all = whole(periods) as RevenuePeriod;
    assert.deepEqual([all.startMinor, all.endMinor, all.moved.churn, all.customersEnd], [100, 135, -40, 3]);
    for (const { startMinor, moved, endMinor } of [...periods, all])
      assert.equal(
        endMinor,
        startMinor + moved.new + moved.reactivation + moved.expansion + moved.contraction + moved.churn,
      );
  });

  it('are the ones that ChartMogul works out: 20 % gross and 10 % net churn', () => {
    const [period] = periodsOf(['d'], { amountMinor: 10_000, customers: 10 }, [
      sum('d', 'churn', -1_000),
      sum('d', 'contraction', -1_000),
      sum('d', 'expansion', 1_000),
    ]);
    const rates = ratesOf(period as RevenuePeriod);
    assert.deepEqual(
      [rates.grossChurn, rates.netChurn, rates.nrr, rates.customerChurn, rates.arpaMinor, rates.quickRatio],
      [0.2, 0.1, 0.9, 0.1, 1_000, 0.5],
    );
  });

  it('say nothing where there is nothing to divide by', () => {
    const [period] = periodsOf(['d'], { amountMinor: 0, customers: 0 }, []);
    assert.deepEqual(Object.values(ratesOf(period as RevenuePeriod)), [null, null, null, null, null, null]);
    assert.equal(whole([]), null);
  });

  it('have a lifetime value of 100 at 5 % churn that is 2,000, and none without churn', () => {
    const month = (churned: number) =>
      periodsOf(['d'], { amountMinor: 0, customers: 100 }, [
        sum('d', 'churn', 0, churned),
      ])[0] as RevenuePeriod;
    assert.equal(lifetimeValue(10_000, [4, 5, 6, 5, 5, 5].map(month)), 200_000);
    // Only the last six count.
    assert.equal(lifetimeValue(10_000, [90, 5, 5, 5, 5, 5, 5].map(month)), 200_000);
    assert.equal(lifetimeValue(10_000, [0, 0].map(month)), null);
    assert.equal(lifetimeValue(10_000, []), null);
    assert.equal(lifetimeValue(null, [5].map(month)), null);
  });

  it('are converted by a stated rate through the minor units of both currencies', () => {
    const rates = new Map([
      ['USD', '0.92'],
      ['JPY', '0.0061'],
      ['KWD', '3'],
    ]);
    assert.equal(converted(10_000, 'USD', rates), 9_200);
    assert.equal(converted(10_000, 'JPY', rates), 6_100);
    assert.equal(converted(10_000, 'KWD', rates), 3_000);
    assert.equal(converted(-1, 'USD', rates), -1);
    assert.equal(converted(5, 'EUR', rates), 5);
    assert.equal(converted(5, 'CHF', rates), null);
  });
});
