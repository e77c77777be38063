import { durationText } from '../../../ui/format.ts';
import type { TimelineSegment } from './segments.ts';

export interface Tick {
  /** Percent of the axis. */
  x: number;
  /** Time since the run began; after a fold, "+200 ms" since the fold. */
  text: string;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Round distances between ticks, in milliseconds. */
const distances = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 30, 90, 365, 3_650].map((n) => n * day),
];

/** Labels closer than this many percent would touch on a phone. */
const roomOf = 20;

/** "200 ms", "15 s", "2 h": a round time without the parts that are nothing. */
function roundText(ms: number): string {
  return ms >= second && ms < 10 * second && ms % second === 0 ? `${ms / second} s` : durationText(ms);
}

/** Labels of the axis: its start and the end of every fold first, round times where there is room between them. */
export function placeTicks(segments: readonly TimelineSegment[], startMs: number): Tick[] {
  const shown = segments.filter(({ folded }) => !folded);
  const shownMs = shown.reduce((sum, segment) => sum + segment.endMs - segment.startMs, 0);
  const shownWidth = shown.reduce((sum, { width }) => sum + width, 0);
  const perMs = shownWidth / Math.max(shownMs, 1);
  const ticks: Tick[] = [];
  const place = (x: number, text: string) => {
    // The last label ends at the edge instead of starting there.
    if (x <= 100 - roomOf / 2 && ticks.every((tick) => Math.abs(tick.x - x) >= roomOf))
      ticks.push({ x, text });
  };
  const origins = segments.filter(
    (segment, index) => !segment.folded && (segments[index - 1]?.folded ?? true),
  );
  for (const { x, startMs: fromMs } of origins)
    place(x, fromMs === startMs ? '0' : durationText(fromMs - startMs));
  const stepMs = distances.find((distance) => distance * perMs >= roomOf) ?? Infinity;
  for (const origin of origins) {
    const next = segments.find(({ folded, x }) => folded && x > origin.x);
    const endX = next?.x ?? 100;
    const sign = origin.startMs === startMs ? '' : '+';
    for (let n = 1; origin.x + n * stepMs * perMs <= endX; n++)
      place(origin.x + n * stepMs * perMs, `${sign}${roundText(n * stepMs)}`);
  }
  return ticks.sort((a, b) => a.x - b.x);
}
