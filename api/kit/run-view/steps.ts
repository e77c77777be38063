import type { Progress, StepProgress, StepState } from '../../../db/domain/progress.ts';
import type { RunAttempt } from '../../../templates/admin/runs/run-types.ts';
import type { RecordedEvent } from './history.ts';

/** A time during which a step stayed as it was. */
interface Stretch {
  state: StepState;
  from: string;
  to: string | null;
  error?: string;
}

/** When a step began and ended, and every try of it. */
export interface StepTimes {
  startedAt: string | null;
  endedAt: string | null;
  attempts: RunAttempt[];
}

const isOver = (state: StepState) => state === 'done' || state === 'skipped' || state === 'failed';

/** What the process said of itself, each time it said it. */
function snapshotsOf(events: readonly RecordedEvent[]): Progress[] {
  return events.flatMap(({ type, attributes }) => {
    if (type !== 'WorkflowPropertiesModified') return [];
    const memo = attributes['upsertedMemo'] as { fields?: { progress?: Progress } } | undefined;
    return memo?.fields?.progress ? [memo.fields.progress] : [];
  });
}

function stretchesOf(key: string, snapshots: readonly Progress[]): Stretch[] {
  const stretches: Stretch[] = [];
  let attempts = 0;
  for (const { steps } of snapshots) {
    const step = steps.find((candidate) => candidate.key === key);
    const last = stretches.at(-1);
    if (!step) continue;
    const changed = last?.state !== step.state || (step.state === 'running' && step.attempts !== attempts);
    attempts = step.attempts;
    if (!changed) continue;
    if (last) last.to = step.since;
    stretches.push({
      state: step.state,
      from: step.since,
      to: null,
      ...(step.error && { error: step.error.message }),
    });
  }
  return stretches;
}

/** How a try ended is what the step became after it. */
function outcomeOf(next: Stretch | undefined, closedAt: string | null): StepState {
  if (!next) return closedAt ? 'failed' : 'running';
  if (next.state === 'done' || next.state === 'skipped') return next.state;
  return next.error || next.state === 'failed' || next.state === 'needsAttention' ? 'failed' : 'done';
}

function timesOf(stretches: readonly Stretch[], closedAt: string | null): StepTimes {
  const begun = stretches.filter(({ state }) => state !== 'upcoming');
  const attempts: RunAttempt[] = [];
  begun.forEach((stretch, index) => {
    const next = begun[index + 1];
    const isCurrentWait = stretch.state === 'waiting' && !next;
    if (stretch.state !== 'running' && !isCurrentWait) return;
    attempts.push({
      number: attempts.length + 1,
      startedAt: stretch.from,
      endedAt: stretch.to ?? closedAt,
      state: isCurrentWait ? 'waiting' : outcomeOf(next, closedAt),
      ...(next?.error && !isOver(next.state) && { error: next.error }),
      ...(next?.state === 'failed' && next.error && { error: next.error }),
    });
  });
  const last = begun.at(-1);
  return {
    startedAt: begun[0]?.from ?? null,
    endedAt: last && isOver(last.state) ? last.from : null,
    attempts,
  };
}

/** Times and tries of every step, from what the process wrote down as it went. */
export function stepTimes(
  events: readonly RecordedEvent[],
  keys: readonly string[],
  closedAt: string | null,
): Map<string, StepTimes> {
  const snapshots = snapshotsOf(events);
  return new Map(keys.map((key) => [key, timesOf(stretchesOf(key, snapshots), closedAt)]));
}

/** Without a history: a step begins when the one before it is over. Tries are counted, not timed. */
export function stepTimesWithoutHistory(
  steps: readonly StepProgress[],
  startedAt: string,
): Map<string, StepTimes> {
  let before = startedAt;
  return new Map(
    steps.map((step) => {
      const began = step.state === 'upcoming' ? null : before;
      const endedAt = isOver(step.state) ? step.since : null;
      if (endedAt) before = endedAt;
      return [step.key, { startedAt: began, endedAt, attempts: [] }];
    }),
  );
}

/** How often any piece of work was tried again; histories tell it when the work is over. */
export function retriesIn(events: readonly RecordedEvent[]): number {
  return events
    .filter(({ type }) => type === 'ActivityTaskStarted')
    .reduce((sum, { attributes }) => sum + Math.max(0, Number(attributes['attempt'] ?? 1) - 1), 0);
}
