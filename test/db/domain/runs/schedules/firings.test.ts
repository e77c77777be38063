import assert from 'node:assert/strict';
import { Client, ScheduleOverlapPolicy } from '@temporalio/client';
import { CronExpressionParser } from 'cron-parser';
import { toSpec } from '../../../../../api/kit/processes/schedule-spec.ts';
import { cronProblem } from '../../../../../db/domain/runs/schedules/cron.ts';
import { firingsWithin, nextFirings } from '../../../../../db/domain/runs/schedules/firings.ts';
import { clockChanges } from '../../../../../db/domain/runs/schedules/zone-clock.ts';
import { dayMs, hourMs } from '../../../../../db/domain/time.ts';
import { timing, type Timing } from '../../../../../db/domain/runs/schedules/timing.ts';
import { openConnection } from '../../../../../workers/runtime/connection.ts';
import { testTemporal } from '../../../../support/platform.ts';

/** A day before clocks are put forward, and before they are put back. */
const changes: readonly [timezone: string, forward: string, back: string][] = [
  ['Europe/Madrid', '2027-03-27T12:00:00Z', '2027-10-30T12:00:00Z'],
  ['America/New_York', '2027-03-13T17:00:00Z', '2027-11-06T16:00:00Z'],
  ['Australia/Sydney', '2027-10-02T02:00:00Z', '2027-04-03T01:00:00Z'],
];
const expressions = [
  '30 2 * * *',
  '0 3 * * *',
  '*/30 * * * *',
  '15 1-3 * * *',
  '0 9 * * MON-FRI',
  '5/20 2 * * *',
  '0 0 1 */2 *',
  '0 6 * * 5-7',
  '0 6 * jan,apr,nov 0',
];

const cron = (expression: string, timezone: string): Timing => ({ kind: 'cron', cron: expression, timezone });
const iso = (ms: number) => new Date(ms).toISOString();
const starts = (when: Timing, after: string, count: number) =>
  nextFirings(when, Date.parse(after), count).filter(({ clock }) => clock !== 'skipped');

describe('[WF-7] the times of a schedule', function () {
  this.timeout(60_000);

  it('are those at which Temporal starts runs, over both changes of the clocks', async () => {
    const { address, namespace } = await testTemporal();
    const connection = await openConnection({ address });
    const client = new Client({ connection, namespace });
    try {
      const cases = changes.flatMap(([zone, forward, back]) =>
        expressions.flatMap((one) => [forward, back].map((from) => ({ when: cron(one, zone), from }))),
      );
      const intervals = [45, 3_600, 93_600].map((everyS) => ({
        when: { kind: 'interval', everyS, timezone: 'Europe/Madrid' } as const,
        from: '2027-03-27T12:00:00Z',
      }));
      const compare = async ({ when, from }: { when: Timing; from: string }, index: number) => {
        const handle = await client.schedule.create({
          scheduleId: `firings-${process.pid}-${index}`,
          spec: { ...toSpec(when), startAt: new Date(Date.parse(from) + 1_000) },
          action: { type: 'startWorkflow', workflowType: 'none', taskQueue: 'none' },
          policies: { overlap: ScheduleOverlapPolicy.SKIP },
          state: { paused: true },
        });
        const { info } = await handle.describe();
        await handle.delete();
        const wanted = info.nextActionTimes.map((at) => at.toISOString());
        assert.equal(wanted.length, 10);
        assert.deepEqual(
          starts(when, from, 10).map(({ atMs }) => iso(atMs)),
          wanted,
          JSON.stringify(when),
        );
      };
      await Promise.all([...cases, ...intervals].map(compare));
    } finally {
      await connection.close();
    }
  });

  it('are those of the cron library, but for the hours in which clocks are changed', () => {
    for (const [timezone, ...from] of changes) {
      for (const after of from.map(Date.parse)) {
        const [{ atMs: changeMs } = { atMs: 0 }] = clockChanges(timezone, after, after + 3 * dayMs);
        assert.ok(changeMs > after, timezone);
        const isFar = (atMs: number) => atMs < changeMs - 2 * hourMs || atMs > changeMs + 2 * hourMs;
        for (const expression of expressions) {
          const library = CronExpressionParser.parse(expression, {
            tz: timezone,
            currentDate: new Date(after),
          });
          const ours = nextFirings(cron(expression, timezone), after, 12).filter(({ atMs }) => isFar(atMs));
          const lastMs = ours.at(-1)?.atMs ?? 0;
          const theirs = library.take(16).map((at) => at.getTime());
          assert.deepEqual(
            ours.map(({ atMs }) => iso(atMs)),
            theirs.filter((atMs) => isFar(atMs) && atMs <= lastMs).map(iso),
            `${timezone} ${expression}`,
          );
        }
      }
    }
  });

  it('name the time that clocks skip, and the one they show twice', () => {
    const clocks = (timezone: string, expression: string, from: string) =>
      nextFirings(cron(expression, timezone), Date.parse(from), 3).map(({ atMs, clock }) => [
        iso(atMs).slice(5, 16),
        clock,
      ]);
    assert.deepEqual(clocks('Europe/Madrid', '30 2 * * *', '2027-03-27T12:00:00Z'), [
      ['03-28T01:00', 'skipped'],
      ['03-29T00:30', 'ordinary'],
      ['03-30T00:30', 'ordinary'],
      ['03-31T00:30', 'ordinary'],
    ]);
    assert.deepEqual(clocks('America/New_York', '30 1 * * *', '2027-11-06T16:00:00Z'), [
      ['11-07T05:30', 'first'],
      ['11-07T06:30', 'second'],
      ['11-08T06:30', 'ordinary'],
    ]);
    // East of Greenwich Temporal takes the second one only.
    assert.deepEqual(clocks('Europe/Madrid', '30 2 * * *', '2027-10-30T12:00:00Z'), [
      ['10-31T01:30', 'second'],
      ['11-01T01:30', 'ordinary'],
      ['11-02T01:30', 'ordinary'],
    ]);
  });

  it('are counted in a span with both its ends', () => {
    const when = cron('0 * * * *', 'UTC');
    const within = (from: string, to: string, limit = 100) =>
      firingsWithin(when, Date.parse(from), Date.parse(to), limit).map(({ atMs }) => iso(atMs).slice(11, 16));
    assert.deepEqual(within('2026-11-01T01:00:00Z', '2026-11-01T03:00:00Z'), ['01:00', '02:00', '03:00']);
    assert.deepEqual(within('2026-11-01T01:00:01Z', '2026-11-01T02:59:59Z'), ['02:00']);
    assert.equal(within('2026-11-01T00:00:00Z', '2027-11-01T00:00:00Z', 7).length, 7);
  });

  it('refuse an expression that is read differently elsewhere, never comes, or is none', () => {
    const problems = [
      '* * * *',
      '0 9 1 * MON',
      '0 9 30 2 *',
      '61 * * * *',
      '0 9 L * *',
      '0 9 * * 1#2',
      '0 0 ? * *',
      'x',
    ];
    assert.deepEqual(
      problems.map((one) => cronProblem(one)),
      ['fields', 'bothDays', 'syntax', 'syntax', 'syntax', 'syntax', 'syntax', 'fields'],
    );
    for (const one of [...expressions, '0 9 29 2 *']) assert.equal(cronProblem(one), null, one);
    const given = { kind: 'interval', every: '5', unit: 'seconds', timezone: 'UTC' };
    assert.match(timing.safeParse(given).error?.message ?? '', /At least 10 seconds/);
    assert.deepEqual(timing.parse({ ...given, every: '2', unit: 'hours', cron: '' }), {
      ...{ kind: 'interval', everyS: 7_200, timezone: 'UTC' },
    });
  });
});
