import { momentsOf, wallOf } from '../runs/schedules/zone-clock.ts';
import { dayMs, hourMs } from '../time.ts';
import type { Interval } from './plans.ts';

/** From when periods are counted, by the clock of which timezone. Epoch milliseconds. */
export interface Anchor {
  anchorMs: number;
  timezone: string;
  interval: Interval;
}

export interface Period {
  startMs: number;
  endMs: number;
}

const monthsOf = { month: 1, year: 12 } as const satisfies Record<Interval, number>;

/** The moment at which clocks show this; an hour they skip counts as the hour after. */
export function momentOf(timezone: string, wall: number): number {
  const [found = momentsOf(timezone, wall + hourMs)[0] ?? wall] = momentsOf(timezone, wall);
  return found;
}

/** The boundary that is `count` intervals after the anchor: 31 January, 28 February, 31 March, at the same local time. */
export function boundaryAt({ anchorMs, timezone, interval }: Anchor, count: number): number {
  if (count === 0) return anchorMs;
  const wall = new Date(wallOf(timezone, anchorMs));
  const month = wall.getUTCMonth() + count * monthsOf[interval];
  const lastDay = new Date(Date.UTC(wall.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(wall.getUTCDate(), lastDay);
  const midnight = Date.UTC(wall.getUTCFullYear(), month, day);
  return momentOf(timezone, midnight + (wall.getTime() % dayMs));
}

/** The period that holds a moment; the end of a period is the start of the next. */
export function periodAt(anchor: Anchor, atMs: number): Period {
  const guess = Math.floor((atMs - anchor.anchorMs) / (monthsOf[anchor.interval] * 31 * dayMs));
  let count = Math.max(0, guess);
  while (boundaryAt(anchor, count + 1) <= atMs) count += 1;
  return { startMs: boundaryAt(anchor, count), endMs: boundaryAt(anchor, count + 1) };
}

/** Boundaries may lie this far from where the anchor puts them: the clock of the timezone was another one. */
const slackMs = 2 * dayMs;

/** The period that begins at a boundary. */
export const periodFrom = (anchor: Anchor, boundaryMs: number): Period => ({
  startMs: boundaryMs,
  endMs: periodAt(anchor, boundaryMs + slackMs).endMs,
});

const dayNumber = (timezone: string, atMs: number): number => Math.floor(wallOf(timezone, atMs) / dayMs);

/** Days of the calendar between two moments; a day the clocks change in counts as one. */
export const daysBetween = (timezone: string, fromMs: number, toMs: number): number =>
  dayNumber(timezone, toMs) - dayNumber(timezone, fromMs);
