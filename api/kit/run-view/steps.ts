import { isRefusalCode } from '../../../db/domain/errors.ts';
import {
  classify,
  type Progress,
  type StepError,
  type StepProgress,
  type StepState,
  type WaitKind,
} from '../../../db/domain/progress.ts';
import type { RunAttempt, RunWait } from '../../../templates/admin/runs/run-types.ts';
import type { RecordedEvent } from './history.ts';

/** A time during which a step stayed as it was. */
interface Stretch {
  state: StepState;
  from: string;
  to: string | null;
  waitingFor: WaitKind | null;
  error?: StepError;
}

/** When a step began and ended, every attempt of it, and every wait. */
export interface StepTimes {
  startedAt: string | null;
  endedAt: string | null;
  attempts: RunAttempt[];
  waits: RunWait[];
}

const isOver = (state: StepState) => ['done', 'skipped', 'failed', 'refused'].includes(state);
const isWait = (state: StepState): state is RunWait['state'] =>
  ['waiting', 'scheduled', 'needsAttention'].includes(state);

/** What the process said of itself, each time it said it. */
function snapshotsOf(events: readonly RecordedEvent[]): Progress[] {
  return events.flatMap(({ type, attributes }) => {
    if (type !== 'WorkflowPropertiesModified') return [];
    const memo = attributes['upsertedMemo'] as { fields?: { progress?: Progress } } | undefined;
    return memo?.fields?.progress ? [classify(memo.fields.progress)] : [];
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
      waitingFor: step.waitingFor ?? null,
      ...(step.error && { error: step.error }),
    });
  }
  return stretches;
}

/** How an attempt ended is what the step became after it. */
function outcomeOf(next: Stretch | undefined, closedAt: string | null): StepState {
  if (!next) return closedAt ? 'failed' : 'running';
  if (next.state === 'done' || next.state === 'skipped' || next.state === 'refused') return next.state;
  if (isRefusalCode(next.error?.code ?? '')) return 'refused';
  return next.error || next.state === 'failed' || next.state === 'needsAttention' ? 'failed' : 'done';
}

function timesOf(stretches: readonly Stretch[], closedAt: string | null): StepTimes {
  const begun = stretches.filter(({ state }) => state !== 'upcoming');
  const attempts: RunAttempt[] = [];
  const waits: RunWait[] = [];
  begun.forEach(({ state, from, to, waitingFor }, index) => {
    const next = begun[index + 1];
    const time = { startedAt: from, endedAt: to ?? closedAt };
    if (isWait(state)) waits.push({ state, waitingFor, ...time });
    if (state !== 'running') return;
    attempts.push({
      number: attempts.length + 1,
      ...time,
      state: outcomeOf(next, closedAt),
      ...(next?.error && { error: next.error.message }),
    });
  });
  const last = begun.at(-1);
  return {
    startedAt: begun[0]?.from ?? null,
    endedAt: last && isOver(last.state) ? last.from : null,
    attempts,
    waits,
  };
}

/** Times, attempts and waits of every step, from what the process wrote down as it went. */
export function stepTimes(
  events: readonly RecordedEvent[],
  keys: readonly string[],
  closedAt: string | null,
): Map<string, StepTimes> {
  const snapshots = snapshotsOf(events);
  return new Map(keys.map((key) => [key, timesOf(stretchesOf(key, snapshots), closedAt)]));
}

/** Without a history: a step begins when the one before it is over. Attempts are counted, not timed. */
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
      return [step.key, { startedAt: began, endedAt, attempts: [], waits: [] }];
    }),
  );
}

/** How often any piece of work was tried again; histories tell it when the work is over. */
export function retriesIn(events: readonly RecordedEvent[]): number {
  return events
    .filter(({ type }) => type === 'ActivityTaskStarted')
    .reduce((sum, { attributes }) => sum + Math.max(0, Number(attributes['attempt'] ?? 1) - 1), 0);
}
