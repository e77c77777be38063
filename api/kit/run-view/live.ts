import { classify, type Progress, type RunState, runStateOf } from '../../../db/domain/progress.ts';
import type { Hold } from '../../../db/domain/runs/why/cause.ts';
import type { Processes } from '../processes/client.ts';
import type { RunDescription } from '../processes/read.ts';
import { decoderOf, isoOf } from './decode.ts';
import { type EngineFacts, readEngine } from './engine.ts';

/** A piece of work that a process has ordered and that is not done yet. */
export interface PendingActivity {
  id: string;
  /** Name of the activity, such as `sendMail`. */
  activity: string;
  state: 'waiting for a worker' | 'running' | 'waiting for the next try' | 'being cancelled' | 'paused';
  attempt: number;
  lastFailure: { code: string; message: string } | null;
  nextTryAt: string | null;
  scheduledAt: string | null;
  /** Set while an administrator holds it up; `by` is an id. */
  hold: Hold | null;
}

/** What Temporal says of a run at this moment. */
export interface LiveRun {
  state: RunState;
  progress: Progress | null;
  pending: PendingActivity[];
  closedAt: string | null;
  parent: { workflowId: string; runId: string } | null;
  /** The run that a reset made of this one. Left out, as the rest, where it wasn't read from Temporal itself. */
  resetTo?: string | null;
  engine?: EngineFacts;
  /** Changes whenever anything of the run does. */
  version: string;
}

type Raw = NonNullable<RunDescription['raw']['pendingActivities']>[number];

/** Numbers of Temporal's PendingActivityState. */
const activityStates = {
  started: 2,
  cancelRequested: 3,
  paused: 4,
  pauseRequested: 5,
};

function stateOfActivity({ state: number, attempt }: Raw): PendingActivity['state'] {
  const state = Number(number);
  if (state === activityStates.started) return 'running';
  if (state === activityStates.cancelRequested) return 'being cancelled';
  if (state === activityStates.paused || state === activityStates.pauseRequested) return 'paused';
  return (attempt ?? 1) > 1 ? 'waiting for the next try' : 'waiting for a worker';
}

function holdOf({ paused, pauseInfo }: Raw): Hold | null {
  if (!paused) return null;
  const { identity, reason } = pauseInfo?.manual ?? {};
  return { since: isoOf(pauseInfo?.pauseTime), by: identity || null, reason: reason || null };
}

/** The failure that carries a code; wrappings have none. */
function codeOf(failure: Raw['lastFailure']): string {
  const type = failure?.applicationFailureInfo?.type;
  if (type) return type;
  if (failure?.cause) return codeOf(failure.cause);
  return failure?.timeoutFailureInfo ? 'service.unavailable' : 'internal.unexpected';
}

async function readPending(raw: Raw, processes: Processes): Promise<PendingActivity> {
  const { lastFailure } = raw;
  const opened = lastFailure && (await decoderOf(processes.dataConverter).message(plainFailure(lastFailure)));
  const said = (opened as { message?: string } | null | undefined)?.message;
  const message = lastFailure?.timeoutFailureInfo ? 'No answer came in time.' : (said ?? '');
  return {
    id: raw.activityId ?? '',
    activity: raw.activityType?.name ?? '',
    state: stateOfActivity(raw),
    attempt: raw.attempt ?? 1,
    lastFailure: lastFailure ? { code: codeOf(lastFailure), message } : null,
    // A time that has passed is no longer a time to wait for: a worker is about to take it.
    nextTryAt: (raw.attempt ?? 1) > 1 ? isoOf(raw.nextAttemptScheduleTime ?? raw.scheduledTime) : null,
    scheduledAt: isoOf(raw.scheduledTime),
    hold: holdOf(raw),
  };
}

/** Only what is shown of a failure. */
function plainFailure(failure: NonNullable<Raw['lastFailure']>): Record<string, unknown> {
  const { message, encodedAttributes } = failure;
  return encodedAttributes ? { message, encodedAttributes } : { message };
}

/** The truth about a run, straight from Temporal; needs no worker. */
export async function readLiveRun(
  processes: Processes,
  target: { workflowId: string; runId: string },
): Promise<LiveRun> {
  const description = await processes.describe(target);
  const reported = description.memo?.['progress'] as Progress | undefined;
  const progress = reported ? classify(reported) : null;
  const raw = description.raw.pendingActivities ?? [];
  const pending = await Promise.all(raw.map((activity) => readPending(activity, processes)));
  const closedAt = description.closeTime?.toISOString() ?? null;
  const { parentExecution } = description;
  const parent = parentExecution?.workflowId
    ? { workflowId: parentExecution.workflowId, runId: parentExecution.runId ?? '' }
    : null;
  const engine = await readEngine(processes, target, description);
  const version = JSON.stringify([description.historyLength, description.status.name, pending]);
  return {
    state: runStateOf(description.status.name, progress),
    progress,
    pending,
    closedAt,
    parent,
    resetTo: description.raw.workflowExtendedInfo?.resetRunId || null,
    engine,
    version,
  };
}
