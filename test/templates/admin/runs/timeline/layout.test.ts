import assert from 'node:assert/strict';
import { timelineLayout, type TimelineLayout } from '../../../../../templates/admin/runs/timeline/layout.ts';
import type { RunStep } from '../../../../../templates/admin/runs/run-types.ts';
import { sampleSteps } from '../../run-page.samples.tsx';

const startMs = Date.parse('2026-11-22T12:00:00.000Z');
const iso = (ms: number) => new Date(startMs + ms).toISOString();
const minute = 60_000;
const day = 24 * 60 * minute;

type Part = ['attempt' | 'wait', number, number | null];

function step(key: string, parts: readonly Part[]): RunStep {
  const of = (kind: Part[0]) => parts.filter(([one]) => one === kind);
  return {
    key,
    title: key,
    state: 'done',
    since: iso(0),
    startedAt: iso(0),
    endedAt: null,
    attempts: of('attempt').map(([, from, to], index) => ({
      number: index + 1,
      startedAt: iso(from),
      endedAt: to === null ? null : iso(to),
      state: to === null ? 'running' : 'done',
    })),
    waits: of('wait').map(([, from, to]) => ({
      state: 'waiting',
      waitingFor: 'owner',
      startedAt: iso(from),
      endedAt: to === null ? null : iso(to),
    })),
  };
}

function layoutOf(steps: readonly RunStep[], nowMs = 0): TimelineLayout {
  const layout = timelineLayout(steps, startMs + nowMs);
  assert.ok(layout);
  return layout;
}

/** Numbers that look random and are the same every time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A run of some steps with attempts and waits of milliseconds to days. */
function anyRun(seed: number): RunStep[] {
  const below = numbers(seed);
  let atMs = 0;
  const next = () => (atMs += below(10) === 0 ? 0 : Math.round(10 ** (below(900) / 100)));
  return Array.from({ length: 1 + below(8) }, (_, index) => {
    const parts = Array.from({ length: 1 + below(12) }, (): Part => {
      if (below(3) === 0) next();
      return [below(2) === 0 ? 'attempt' : 'wait', atMs, next()];
    });
    return step(`s${index}`, parts);
  });
}

const close = 1e-6;

/** What holds for every timeline. */
function assertTrue(layout: TimelineLayout, label: string): void {
  const { rows, segments, ticks } = layout;
  let x = 0;
  for (const segment of segments) {
    assert.ok(
      Math.abs(segment.x - x) < close && segment.width >= 0,
      `${label}: no gap and no overlap on the axis`,
    );
    x += segment.width;
  }
  assert.ok(Math.abs(x - 100) < close, `${label}: the axis adds up to ${x}`);
  const shown = segments.filter(({ folded, startMs: from, endMs: to }) => !folded && to > from);
  const scales = shown.map((segment) => segment.width / (segment.endMs - segment.startMs));
  assert.ok(
    Math.max(...scales) - Math.min(...scales) < close * Math.max(1, ...scales),
    `${label}: one scale`,
  );
  for (const { spans, pieces } of rows) {
    spans.forEach((span, index) => {
      const before = spans[index - 1];
      assert.ok(span.x >= 0 && span.x + span.width <= 100 + close, `${label}: inside`);
      assert.ok(!before || before.x + before.width <= span.x + close, `${label}: spans do not overlap`);
    });
    pieces.forEach((piece, index) => {
      const before = pieces[index - 1];
      assert.ok(
        piece.width >= 3 - close && piece.x + piece.width <= 100 + close,
        `${label}: can be pointed at`,
      );
      assert.ok(!before || before.x + before.width <= piece.x + close, `${label}: places do not overlap`);
    });
    assert.deepEqual(
      pieces.flatMap((piece) => piece.spans),
      spans,
      `${label}: everything can be pointed at`,
    );
  }
  const all = rows.flatMap(({ spans }) => spans);
  const isFolded = (span: (typeof all)[number]) =>
    segments.some((one) => one.folded && one.startMs < span.endMs && one.endMs > span.startMs);
  for (const short of all)
    for (const long of all)
      if (long.endMs - long.startMs > short.endMs - short.startMs && !isFolded(long) && !isFolded(short))
        assert.ok(long.width > short.width - close, `${label}: what takes longer is drawn longer`);
  ticks.forEach((tick, index) => {
    const before = ticks[index - 1];
    assert.ok(
      tick.x >= 0 && tick.x <= 90 && (!before || tick.x - before.x >= 20 - close),
      `${label}: labels have room`,
    );
  });
}

describe('[WF-2] the timeline of a run', () => {
  it('keeps true proportions, folds openly and overlaps nothing, whatever the run', () => {
    for (let seed = 1; seed <= 400; seed++) assertTrue(layoutOf(anyRun(seed), 400 * day), `run ${seed}`);
  });

  it('draws a 27 ms step longer than a wait of 10 minutes only where the wait is folded and named', () => {
    const layout = layoutOf([step('a', [['attempt', 0, 27]]), step('b', [['wait', 27, 10 * minute + 27]])]);
    assertTrue(layout, '27 ms');
    const fold = layout.segments.find(({ folded }) => folded);
    assert.deepEqual([fold && fold.endMs - fold.startMs, fold?.waitingFor], [10 * minute, 'owner']);
    const even = layoutOf([
      step('a', [['attempt', 0, 9 * minute]]),
      step('b', [['wait', 9 * minute, 10 * minute]]),
    ]);
    assert.ok(even.segments.every(({ folded }) => !folded));
    const [a, b] = even.rows.map(({ spans }) => spans[0]?.width ?? 0);
    assert.ok(Math.abs((a ?? 0) - 90) < close && Math.abs((b ?? 0) - 10) < close);
  });

  it('names a person at a fold only where the run waited for them most of that time', () => {
    const nameOf = (from: number) =>
      layoutOf([
        step('a', [['attempt', 0, 100]]),
        step('b', [
          ['wait', from, 10_000],
          ['attempt', 10_000, 10_100],
        ]),
      ]).segments.find(({ folded }) => folded)?.waitingFor;
    assert.deepEqual([nameOf(1_000), nameOf(9_900)], ['owner', null]);
  });

  it('never folds work, however long it takes', () => {
    const layout = layoutOf([step('a', [['attempt', 0, 5]]), step('b', [['attempt', 5, 3 * day]])]);
    assert.ok(layout.segments.every(({ folded }) => !folded));
  });

  it('folds nothing beside work of no length, where there would be nothing left to draw', () => {
    const layout = layoutOf([step('a', [['attempt', 0, 0]]), step('b', [['wait', 0, null]])], 2 * day);
    assertTrue(layout, 'no length');
    assert.deepEqual(
      layout.segments.map(({ folded }) => folded),
      [false],
    );
    assert.ok((layout.rows[1]?.spans[0]?.width ?? 0) > 99);
  });

  it('labels the axis in the unit that fits, and begins anew after a fold', () => {
    const labels = (parts: readonly Part[]) => layoutOf([step('a', parts)]).ticks.map(({ text }) => text);
    assert.deepEqual(labels([['attempt', 0, 900]]), ['0', '200 ms', '400 ms', '600 ms', '800 ms']);
    assert.deepEqual(labels([['attempt', 0, 45_000]]), ['0', '10 s', '20 s', '30 s', '40 s']);
    assert.deepEqual(labels([['attempt', 0, 9 * 60 * minute]]), ['0', '2 h', '4 h', '6 h', '8 h']);
    assert.deepEqual(labels([['attempt', 0, 9 * day]]), ['0', '2 d', '4 d', '6 d', '8 d']);
    const folded: Part[] = [
      ['attempt', 0, 1_000],
      ['wait', 1_000, 10 * minute],
      ['attempt', 10 * minute, 10 * minute + 1_000],
    ];
    assert.deepEqual(labels(folded), ['0', '500 ms', '10 min', '+500 ms']);
  });

  it('shows a single open wait as long as it has lasted', () => {
    const layout = layoutOf(sampleSteps('waiting'), Date.now() - startMs);
    const wait = layout.rows.at(-1)?.spans.at(-1);
    assert.deepEqual([wait?.kind, wait?.open], ['wait', true]);
    assertTrue(layout, 'sample');
  });

  it('is empty before anything has begun', () => {
    assert.equal(timelineLayout([], 0), null);
    assert.equal(timelineLayout([step('a', [])], 0), null);
  });
});
