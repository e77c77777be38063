import { minuteMs } from '../../time.ts';
import { nextMatch } from './calendar.ts';
import { cronFields } from './cron.ts';
import type { Timing } from './timing.ts';
import { clockChanges, momentsOf, wallOf, type WallMs } from './zone-clock.ts';

/** A moment at which a schedule starts a run, or would if its clock showed the time. */
export interface Firing {
  /** Milliseconds since 1970; of a skipped one, when the clocks are put forward over it. */
  atMs: number;
  /** What the clocks of the timezone show. */
  wall: WallMs;
  /**
   * `skipped`: clocks are put forward over this time, and nothing starts. `first` and `second`: clocks are put back, so
   * that they show this time twice.
   */
  clock: 'ordinary' | 'skipped' | 'first' | 'second';
}

function firingAt(timezone: string, atMs: number): Firing {
  const wall = wallOf(timezone, atMs);
  const moments = momentsOf(timezone, wall);
  if (moments.length < 2) return { atMs, wall, clock: 'ordinary' };
  return { atMs, wall, clock: moments[0] === atMs ? 'first' : 'second' };
}

function* startsOf(timing: Timing, afterMs: number): Generator<number> {
  if (timing.kind === 'interval') {
    const everyMs = timing.everyS * 1_000;
    for (let atMs = (Math.floor(afterMs / everyMs) + 1) * everyMs; ; atMs += everyMs) yield atMs;
  }
  const fields = cronFields(timing.cron);
  let atMs = nextMatch(fields, timing.timezone, afterMs);
  while (atMs !== null) {
    yield atMs;
    atMs = nextMatch(fields, timing.timezone, atMs);
  }
}

/** The first time of each hour that clocks skip between two moments and that the expression names. */
function skippedBetween(timing: Timing, fromMs: number, toMs: number): Firing[] {
  if (timing.kind === 'interval') return [];
  const fields = cronFields(timing.cron);
  return clockChanges(timing.timezone, fromMs, toMs).flatMap(({ atMs, before, after }) => {
    if (after <= before) return [];
    // Seen by clocks that aren't changed: UTC has none of this.
    const wall = nextMatch(fields, 'UTC', before - minuteMs);
    return wall !== null && wall < after ? [{ atMs, wall, clock: 'skipped' as const }] : [];
  });
}

/** The next `count` times at which runs start, with the times that clocks skip between them. */
export function nextFirings(timing: Timing, afterMs: number, count: number): Firing[] {
  const starts: Firing[] = [];
  for (const atMs of startsOf(timing, afterMs)) {
    starts.push(firingAt(timing.timezone, atMs));
    if (starts.length >= count) break;
  }
  const lastMs = starts.at(-1)?.atMs ?? afterMs;
  return [...skippedBetween(timing, afterMs, lastMs), ...starts].sort((a, b) => a.atMs - b.atMs);
}

/** The moments in a span of time, both ends included, at which runs start; at most `limit` of them. */
export function firingsWithin(timing: Timing, fromMs: number, toMs: number, limit: number): Firing[] {
  const firings: Firing[] = [];
  for (const atMs of startsOf(timing, fromMs - 1)) {
    if (atMs > toMs || firings.length >= limit) break;
    firings.push(firingAt(timing.timezone, atMs));
  }
  return firings;
}

/** Minutes, as numbers since 1970, of the next starts: two schedules that share one collide. */
export const minutesOf = (timing: Timing, afterMs: number, count: number): number[] =>
  nextFirings(timing, afterMs, count)
    .filter(({ clock }) => clock !== 'skipped')
    .map(({ atMs }) => Math.floor(atMs / minuteMs));
