import type { WaitKind } from '../../../../db/domain/progress.ts';
import type { Range, Unplaced } from './spans.ts';

/** A time in which nothing was worked on is folded when it is this long and longer than half of the work. */
const foldAtLeastMs = 1_000;
const foldAboveShare = 0.5;
/** Percent of the width: of one fold at most, and of all of them together. */
const foldWidth = 18;
const foldsTogether = 60;

/** A stretch of the axis. In those that are not folded, every millisecond has the same width. */
export interface TimelineSegment {
  x: number;
  width: number;
  startMs: number;
  endMs: number;
  folded: boolean;
  /** Of a fold: for whom the run waited in it; null where nothing says so. */
  waitingFor: WaitKind | null;
}

/** The stretches in which something was worked on, merged and in order. */
function workOf(spans: readonly Unplaced[]): Range[] {
  const merged: Range[] = [];
  const work = spans.filter(({ kind }) => kind === 'attempt').sort((a, b) => a.startMs - b.startMs);
  for (const { startMs, endMs } of work) {
    const last = merged.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else merged.push({ startMs, endMs });
  }
  return merged;
}

/** For whom the run waited in at least half of a time; null where it waited for none that long. */
function waitedFor(spans: readonly Unplaced[], { startMs, endMs }: Range): WaitKind | null {
  const waitedMs = new Map<WaitKind, number>();
  for (const span of spans) {
    const overlapMs = Math.min(span.endMs, endMs) - Math.max(span.startMs, startMs);
    if (span.waitingFor && overlapMs > 0)
      waitedMs.set(span.waitingFor, (waitedMs.get(span.waitingFor) ?? 0) + overlapMs);
  }
  const [longest] = [...waitedMs].sort(([, a], [, b]) => b - a);
  return longest && longest[1] >= (endMs - startMs) / 2 ? longest[0] : null;
}

/** Cuts the time of a run into stretches and folds the long ones without work. */
export function segmentsOf(spans: readonly Unplaced[], { startMs, endMs }: Range): TimelineSegment[] {
  const work = workOf(spans);
  const edges = [...new Set([startMs, ...work.flatMap((range) => [range.startMs, range.endMs]), endMs])].sort(
    (a, b) => a - b,
  );
  const workMs = work.reduce((sum, range) => sum + range.endMs - range.startMs, 0);
  const foldAboveMs = Math.max(foldAtLeastMs, workMs * foldAboveShare);
  const cut = edges.slice(1).map((to, index) => {
    const range = { startMs: edges[index] ?? startMs, endMs: to };
    const isWork = work.some((one) => one.startMs <= range.startMs && one.endMs >= range.endMs);
    return { ...range, folded: !isWork && to - range.startMs > foldAboveMs };
  });
  const shownMs = cut.reduce(
    (sum, { folded, ...range }) => sum + (folded ? 0 : range.endMs - range.startMs),
    0,
  );
  // Beside work of no length at all there is nothing to make room for.
  const folds = shownMs > 0 ? cut.filter(({ folded }) => folded).length : 0;
  const perFold = Math.min(foldWidth, foldsTogether / Math.max(folds, 1));
  const scale = folds > 0 ? (100 - perFold * folds) / shownMs : 100 / Math.max(endMs - startMs, 1);
  let x = 0;
  return cut.map((range) => {
    const folded = folds > 0 && range.folded;
    const width = folded ? perFold : (range.endMs - range.startMs) * scale;
    const segment = { ...range, folded, x, width, waitingFor: folded ? waitedFor(spans, range) : null };
    x += width;
    return segment;
  });
}

/** The place of a moment on the axis, in percent. */
export function placeOf(ms: number, segments: readonly TimelineSegment[]): number {
  const segment = segments.find(({ endMs }) => ms <= endMs) ?? segments.at(-1);
  if (!segment) return 0;
  const share = (ms - segment.startMs) / Math.max(segment.endMs - segment.startMs, 1);
  return segment.x + Math.max(0, Math.min(1, share)) * segment.width;
}
