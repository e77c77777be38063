import assert from 'node:assert/strict';
import {
  bucketGrowth,
  bucketMs,
  causesOf,
  countLate,
  figuresOf,
  quantileMs,
  type RunSum,
} from '../../../../db/domain/runs/analytics.ts';

const bucketOf = (ms: number) => Math.floor(Math.log(Math.max(1, ms)) / Math.log(bucketGrowth));
const sum = (part: Partial<RunSum>): RunSum => ({
  day: '2026-11-22',
  process: 'call-tool',
  version: '',
  step: '',
  state: 'done',
  cause: '',
  bucket: 0,
  runs: 1,
  retried: 0,
  ...part,
});

describe('[WF-5] figures of runs', () => {
  it('count every end, and take refused and stopped runs for neither success nor failure', () => {
    const figures = figuresOf([
      sum({ runs: 6, retried: 2 }),
      sum({ state: 'failed', runs: 2 }),
      sum({ state: 'refused', runs: 3 }),
      sum({ state: 'stopped', runs: 1 }),
    ]);
    assert.deepEqual(
      { ...figures, p50Ms: null, p95Ms: null },
      {
        ended: 12,
        done: 6,
        failed: 2,
        refused: 3,
        stopped: 1,
        successRate: 0.75,
        p50Ms: null,
        p95Ms: null,
        retried: 2,
      },
    );
  });

  it('say nothing where there is nothing', () => {
    const { successRate, p50Ms, p95Ms, ended } = figuresOf([]);
    assert.deepEqual([successRate, p50Ms, p95Ms, ended], [null, null, null, 0]);
  });

  it('have quantiles within 4 % of the exact ones, for durations from milliseconds to weeks', () => {
    let seed = 7;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const durations = Array.from({ length: 2_000 }, () => 5 * 10 ** (random() * 9)).sort((a, b) => a - b);
    const sums = durations.map((ms) => sum({ bucket: bucketOf(ms) }));
    for (const share of [0.5, 0.95]) {
      const exact = durations[Math.ceil(durations.length * share) - 1] ?? 0;
      const found = quantileMs(sums, share) ?? 0;
      assert.ok(Math.abs(found / exact - 1) < 0.04, `${share}: ${found} instead of ${exact}`);
    }
  });

  it('group failures by process, step and code, the most frequent first, with the last day', () => {
    const failed = { step: 'call', state: 'failed', cause: 'tool.timeout' };
    const causes = causesOf([
      sum({ ...failed, runs: 2 }),
      sum({ ...failed, runs: 1, day: '2026-11-24' }),
      sum({ ...failed, cause: 'tool.failed', runs: 9 }),
      sum({ step: 'call', runs: 50 }),
    ]);
    assert.deepEqual(
      causes.map(({ cause, runs, lastDay }) => [cause, runs, lastDay]),
      [
        ['tool.failed', 9, '2026-11-22'],
        ['tool.timeout', 3, '2026-11-24'],
      ],
    );
  });

  it('count steps that took longer than expected', () => {
    const sums = [10, 500, 60_000].map((ms) => sum({ step: 'call', bucket: bucketOf(ms) }));
    assert.equal(countLate(sums, 5_000), 1);
    assert.ok(bucketMs(bucketOf(60_000)) > 57_000);
  });
});
