import type { RunStep } from '../run-types.ts';
import { piecesOf, type Piece } from './pieces.ts';
import { placeOf, segmentsOf, type TimelineSegment } from './segments.ts';
import { spansOf, type TimelineSpan } from './spans.ts';
import { placeTicks, type Tick } from './ticks.ts';

export interface TimelineLayout {
  rows: { key: string; title: string; spans: TimelineSpan[]; pieces: Piece[] }[];
  /** In order, without a gap; their widths add up to 100. */
  segments: TimelineSegment[];
  ticks: Tick[];
  startMs: number;
  endMs: number;
}

/**
 * Places every attempt and every wait on one axis of time. Outside of folds widths are proportional to time; null
 * where no time is known of any step.
 */
export function timelineLayout(steps: readonly RunStep[], nowMs: number): TimelineLayout | null {
  const unplaced = steps
    .map((step) => ({ key: step.key, title: step.title, spans: spansOf(step, nowMs) }))
    .filter(({ spans }) => spans.length > 0);
  const all = unplaced.flatMap(({ spans }) => spans);
  if (all.length === 0) return null;
  const startMs = Math.min(...all.map((span) => span.startMs));
  // A run of no length is drawn as one millisecond.
  const endMs = Math.max(startMs + 1, ...all.map((span) => span.endMs));
  const segments = segmentsOf(all, { startMs, endMs });
  const rows = unplaced.map(({ key, title, spans }) => {
    const placed = spans.map((span): TimelineSpan => {
      const x = placeOf(span.startMs, segments);
      return { ...span, x, width: placeOf(span.endMs, segments) - x };
    });
    return { key, title, spans: placed, pieces: piecesOf(placed) };
  });
  return { rows, segments, ticks: placeTicks(segments, startMs), startMs, endMs };
}
