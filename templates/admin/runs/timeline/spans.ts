import type { StepState, WaitKind } from '../../../../db/domain/progress.ts';
import type { Tone } from '../../../ui/status.ts';
import { statusOf } from '../../../ui/status.ts';
import type { RunStep } from '../run-types.ts';

/** One attempt or one wait of a step, at its true place and width (percent of the axis). */
export interface TimelineSpan {
  kind: 'attempt' | 'wait';
  x: number;
  width: number;
  startMs: number;
  endMs: number;
  tone: Tone;
  state: StepState;
  /** Of an attempt: its number and the public sentence of its failure. */
  number?: number;
  error?: string;
  /** Of a wait. */
  waitingFor?: WaitKind | null;
  /** It has not ended yet. */
  open: boolean;
}

export type Range = Pick<TimelineSpan, 'startMs' | 'endMs'>;
/** A span whose place is not known yet. */
export type Unplaced = Omit<TimelineSpan, 'x' | 'width'>;

/** The attempts and waits of a step in order; none begins before the one before it has ended. */
export function spansOf(step: RunStep, nowMs: number): Unplaced[] {
  const timeOf = ({ startedAt, endedAt }: { startedAt: string; endedAt: string | null }) => {
    const startMs = Date.parse(startedAt);
    return {
      startMs,
      endMs: Math.max(startMs, endedAt ? Date.parse(endedAt) : nowMs),
      open: endedAt === null,
    };
  };
  const attempts = step.attempts.map((attempt): Unplaced => ({
    kind: 'attempt',
    ...timeOf(attempt),
    tone: statusOf('step', attempt.state).tone,
    state: attempt.state,
    number: attempt.number,
    ...(attempt.error && { error: attempt.error }),
  }));
  const waits = step.waits.map((wait): Unplaced => ({
    kind: 'wait',
    ...timeOf(wait),
    tone: statusOf('step', wait.state).tone,
    state: wait.state,
    waitingFor: wait.waitingFor,
  }));
  const ordered = [...attempts, ...waits].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  let freeMs = -Infinity;
  return ordered.map((span) => {
    const startMs = Math.max(span.startMs, freeMs);
    freeMs = Math.max(startMs, span.endMs);
    return { ...span, startMs, endMs: freeMs };
  });
}
