import assert from 'node:assert/strict';
import { bucketMs, figuresOf, type RunSum } from '../../../../db/domain/runs/analytics.ts';
import { newId } from '../../../../db/domain/ids.ts';
import { dayMs } from '../../../../db/domain/time.ts';
import * as sums from '../../../../db/repos/runs/sums.ts';
import { projectionScope } from '../../../../workers/projection/project.ts';
import { dayAgo, plantRun } from '../../../support/planted-runs.ts';
import { testDatabase, type TestDatabase } from '../../../support/database.ts';

const today = new Date(`${dayAgo(0)}T00:00:00Z`).getTime();

describe('[WF-5] sums of how runs ended', () => {
  let database: TestDatabase;
  const tenantId = newId('tenant');
  before(async () => void (database = await testDatabase()));
  after(() => database?.close());

  const within = <T>(work: Parameters<typeof database.db.inScope<T>>[1]) =>
    database.db.inScope(projectionScope, work);

  const ran = (ago: number, state: 'done' | 'failed', cause?: string) =>
    plantRun(database.db, { tenantId, ago, state, ...(cause && { cause }) });

  const period = { from: dayAgo(9), to: dayAgo(0) };
  const plain = (found: readonly RunSum[]) =>
    found.map(({ day, step, state, cause, runs: n }) => [day, step, state, cause, n].join(' ')).sort();
  const counted = () => within((tx) => sums.listWithin(tx, { ...period, tenantId }));
  const stored = () => within((tx) => sums.listOfPlatform(tx, period));
  const storedRows = () => database.owner<{ n: number }>('select count(*)::int as n from run_sums');

  it('are the same counted from the runs and stored for days that are over', async () => {
    await ran(3, 'done');
    await ran(3, 'failed', 'tool.timeout');
    await ran(1, 'done');
    await ran(0, 'done');
    const before = plain(await counted());
    assert.deepEqual(plain(await stored()), before);
    assert.equal(await within((tx) => sums.sumEndedDays(tx, new Date())), 2);
    assert.ok(((await storedRows())[0]?.n ?? 0) > 0);
    assert.deepEqual(plain(await stored()), before);
    assert.equal(await within((tx) => sums.sumEndedDays(tx, new Date())), 0);
  });

  it('hold the time of each step since the one before it, and why it failed', async () => {
    const found = await stored();
    const call = found.find(({ step, state }) => step === 'call' && state === 'failed');
    assert.equal(call?.cause, 'tool.timeout');
    assert.ok(Math.abs(bucketMs(call?.bucket ?? 0) / 50_000 - 1) < 0.05);
    const figures = figuresOf(found.filter(({ step }) => step === ''));
    assert.deepEqual([figures.done, figures.failed, figures.retried], [3, 1, 1]);
    assert.equal(
      figuresOf(await within((tx) => sums.listOfPlatform(tx, { ...period, version: 'other' }))).ended,
      0,
    );
  });

  it('are made again for a day whose runs are written again', async () => {
    await within((tx) => sums.forgetDays(tx, [dayAgo(3)]));
    await ran(3, 'done');
    assert.deepEqual(plain(await stored()), plain(await counted()));
    await within((tx) => sums.sumEndedDays(tx, new Date()));
    assert.deepEqual(plain(await stored()), plain(await counted()));
  });

  it('wait for days that the projection has not read to their end', async () => {
    await ran(2, 'done');
    assert.equal(await within((tx) => sums.sumEndedDays(tx, new Date(today - 2 * dayMs + 1))), 0);
    assert.equal(await within((tx) => sums.sumEndedDays(tx, new Date(today - dayMs))), 1);
  });
});
