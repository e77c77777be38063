import assert from 'node:assert/strict';
import { nextRenewalStep } from '../../../../db/domain/billing/next-step.ts';
import { movementOf } from '../../../../db/domain/billing/revenue/movements.ts';
import { monthlyMinor, mrrOf } from '../../../../db/domain/billing/subscriptions.ts';

type Facts = Parameters<typeof nextRenewalStep>[0];
const day = (iso: string) => new Date(`${iso}T09:00:00Z`);

describe('[BIL-1] the next step of a subscription', () => {
  const base: Facts = {
    ...{ status: 'active', interval: 'month', trialEndsAt: null, endsAt: null, remindedFor: null },
    periodStart: day('2027-01-01'),
    periodEnd: day('2027-02-01'),
  };
  const next = (changes: Partial<Facts>) => {
    const step = nextRenewalStep({ ...base, ...changes });
    return step && `${step.kind} ${new Date(step.atMs).toISOString().slice(0, 10)}`;
  };
  const trial = { status: 'trialing', trialEndsAt: day('2027-01-15'), periodEnd: day('2027-01-15') } as const;
  const yearly = { interval: 'year', periodEnd: day('2028-01-01') } as const;

  it('is what is due first', () => {
    assert.equal(next({}), 'renewal 2027-02-01');
    assert.equal(next({ status: 'pastDue' }), 'renewal 2027-02-01');
    assert.equal(next({ status: 'cancelled' }), null);
    assert.equal(next(trial), 'trialReminder 2027-01-12');
    assert.equal(next({ ...trial, remindedFor: day('2027-01-15') }), 'trialEnd 2027-01-15');
    assert.equal(next(yearly), 'renewalReminder 2027-12-18');
    assert.equal(next({ ...yearly, remindedFor: day('2028-01-01') }), 'renewal 2028-01-01');
  });

  it('is the end where it was cancelled for it, without a reminder of what will not be charged', () => {
    assert.equal(next({ endsAt: day('2027-02-01') }), 'end 2027-02-01');
    assert.equal(next({ ...yearly, endsAt: day('2028-01-01') }), 'end 2028-01-01');
    assert.equal(next({ ...trial, endsAt: day('2027-01-15') }), 'end 2027-01-15');
  });

  it('reminds of no trial that is shorter than its notice', () => {
    const short = { trialEndsAt: day('2027-01-03'), periodEnd: day('2027-01-03') };
    assert.equal(next({ ...trial, ...short }), 'trialEnd 2027-01-03');
  });
});

describe('[BIL-5a] recurring revenue', () => {
  it('counts a twelfth of a year, and nothing that is not paid for', () => {
    assert.deepEqual([monthlyMinor(149_000, 'year'), monthlyMinor(14_900, 'month')], [12_417, 14_900]);
    // 100 × 100 a month and 50 × 600 a year are 12,500 a month.
    assert.equal(100 * monthlyMinor(100_00, 'month') + 50 * monthlyMinor(600_00, 'year'), 12_500_00);
    const of = (status: 'trialing' | 'active' | 'pastDue' | 'cancelled') =>
      mrrOf({ status, amountMinor: 100, interval: 'month' });
    assert.deepEqual([of('trialing'), of('active'), of('pastDue'), of('cancelled')], [0, 100, 100, 0]);
  });

  it('moves by a kind for each way it can change', () => {
    assert.equal(movementOf(0, 0, false), null);
    assert.equal(movementOf(0, 5, false), 'new');
    assert.equal(movementOf(0, 5, true), 'reactivation');
    assert.equal(movementOf(5, 7, true), 'expansion');
    assert.equal(movementOf(7, 5, true), 'contraction');
    assert.equal(movementOf(5, 0, true), 'churn');
  });
});
