import type { TimelineSpan } from './spans.ts';

/** Percent of the axis below which a pointer cannot be held on something, on a phone too. */
const least = 3;

/** What is pointed at or focused as one: a span with a place of its own, or several that are too small for that. */
export interface Piece {
  /** Percent of the axis; the places of a row never overlap. */
  x: number;
  width: number;
  spans: TimelineSpan[];
}

/** Gives every span of a row a place that can be pointed at; what is drawn of it keeps its true width. */
export function piecesOf(spans: readonly TimelineSpan[]): Piece[] {
  const pieces: Piece[] = [];
  for (const span of spans) {
    const last = pieces.at(-1);
    const freeFrom = last ? last.x + last.width : 0;
    const x = Math.max(freeFrom, Math.min(span.x, 100 - least));
    const end = Math.min(100, Math.max(span.x + span.width, Math.min(span.x, 100 - least) + least));
    if (!last || end - x >= least - 1e-9) pieces.push({ x, width: end - x, spans: [span] });
    else last.spans.push(span);
  }
  return pieces;
}
