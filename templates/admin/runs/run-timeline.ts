import type { RunStep } from './run-types.ts';
import { statusOf } from '../../ui/status.ts';
import type { Tone } from '../../ui/status.ts';

/** Gaps longer than this share of the busy time are folded. */
const foldAboveShare = 0.25;
const foldAtLeastMs = 5_000;
/** A folded gap takes this many percent of the width. */
const foldWidth = 6;

export interface TimelineBar {
  /** Percent of the width. */
  x: number;
  width: number;
  tone: Tone;
  /** For the tooltip and for screen readers. */
  text: string;
  startMs: number;
  endMs: number;
}

export interface TimelineLayout {
  rows: { key: string; title: string; bars: TimelineBar[] }[];
  /** Folded idle gaps: where, and how long they really were. */
  folds: { x: number; width: number; durationMs: number }[];
  startMs: number;
  endMs: number;
}

interface Span {
  startMs: number;
  endMs: number;
}

/** Stretches in which anything was going on, merged and in order. */
function busyStretches(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last && span.startMs <= last.endMs) last.endMs = Math.max(last.endMs, span.endMs);
    else merged.push({ ...span });
  }
  return merged;
}

interface Segment extends Span {
  x: number;
  width: number;
  folded: boolean;
}

/** Cuts the time into stretches, gives short gaps their true width and folds long ones. */
function segmentsOf(busy: readonly Span[]): Segment[] {
  const busyMs = busy.reduce((sum, span) => sum + Math.max(span.endMs - span.startMs, 1), 0);
  const foldAboveMs = Math.max(foldAtLeastMs, busyMs * foldAboveShare);
  const raw = busy.flatMap((span, index) => {
    const next = busy[index + 1];
    const own = { ...span, folded: false };
    return next
      ? [own, { startMs: span.endMs, endMs: next.startMs, folded: next.startMs - span.endMs > foldAboveMs }]
      : [own];
  });
  const folds = raw.filter((segment) => segment.folded).length;
  const drawnMs = raw.reduce(
    (sum, segment) => sum + (segment.folded ? 0 : Math.max(segment.endMs - segment.startMs, 1)),
    0,
  );
  const perFold = Math.min(foldWidth, folds > 0 ? 50 / folds : 0);
  const scale = (100 - perFold * folds) / Math.max(drawnMs, 1);
  let x = 0;
  return raw.map((segment) => {
    const width = segment.folded ? perFold : Math.max(segment.endMs - segment.startMs, 1) * scale;
    const placed = { ...segment, x, width };
    x += width;
    return placed;
  });
}

function positionOf(ms: number, segments: readonly Segment[]): number {
  for (const segment of segments) {
    if (ms > segment.endMs) continue;
    const share = (ms - segment.startMs) / Math.max(segment.endMs - segment.startMs, 1);
    return segment.x + Math.max(0, Math.min(1, share)) * segment.width;
  }
  return 100;
}

/** How long a step that waits is drawn: its wait is not work, so only its start counts as busy. */
function spansOf(step: RunStep, nowMs: number): (Span & { tone: Tone; text: string; waits: boolean })[] {
  return step.attempts.map((attempt) => {
    const look = statusOf('step', attempt.state);
    const startMs = Date.parse(attempt.startedAt);
    const endMs = Math.max(startMs, attempt.endedAt ? Date.parse(attempt.endedAt) : nowMs);
    const text = `${step.title}, try ${attempt.number}: ${look.word}${attempt.error ? `. ${attempt.error}` : ''}`;
    return {
      startMs,
      endMs,
      tone: look.tone,
      text,
      waits: attempt.state === 'waiting' || attempt.state === 'needsAttention',
    };
  });
}

/** Places every try of every step on one line of time, with idle gaps folded. */
export function timelineLayout(steps: readonly RunStep[], nowMs: number): TimelineLayout | null {
  const rows = steps
    .map((step) => ({ step, spans: spansOf(step, nowMs) }))
    .filter((row) => row.spans.length > 0);
  const all = rows.flatMap((row) => row.spans);
  if (all.length === 0) return null;
  // A wait is idle: its two ends are moments, the time between may be folded.
  const busy = busyStretches(
    all.flatMap((span) =>
      span.waits
        ? [
            { startMs: span.startMs, endMs: span.startMs + 1 },
            { startMs: span.endMs, endMs: span.endMs + 1 },
          ]
        : [span],
    ),
  );
  const segments = segmentsOf(busy);
  return {
    rows: rows.map(({ step, spans }) => ({
      key: step.key,
      title: step.title,
      bars: spans.map(({ waits: _waits, ...span }) => {
        const x = positionOf(span.startMs, segments);
        // Even the shortest try stays visible and can be pointed at.
        const width = Math.max(positionOf(span.endMs, segments) - x, 0.8);
        return { ...span, x: Math.min(x, 100 - width), width };
      }),
    })),
    folds: segments
      .filter((segment) => segment.folded)
      .map((segment) => ({
        x: segment.x,
        width: segment.width,
        durationMs: segment.endMs - segment.startMs,
      })),
    startMs: Math.min(...all.map((span) => span.startMs)),
    endMs: Math.max(...all.map((span) => span.endMs)),
  };
}
