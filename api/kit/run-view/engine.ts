import type { Hold } from '../../../db/domain/runs/why/cause.ts';
import type { Processes } from '../processes/client.ts';
import type { TaskKind } from '../processes/queue-state.ts';
import type { RunDescription } from '../processes/read.ts';
import { isoOf } from './decode.ts';

/** What Temporal knows of an open run that the run itself can't tell. */
export interface EngineFacts {
  /** Queue of its workflow tasks. */
  queue: string;
  /** Set while the run is paused in Temporal. */
  paused: Hold | null;
  /** Set while the code of the workflow fails on this run. */
  codeFailure: 'nonDeterminism' | 'error' | null;
  /** A task of it that no worker has taken yet. */
  untaken: { queue: string; kind: TaskKind; since: string } | null;
  /** Runs it started that are open. */
  children: readonly { workflowId: string; runId: string }[];
}

/** Number of Temporal's state SCHEDULED, of workflow tasks and of activities. */
const scheduled = 1;

type Raw = RunDescription['raw'];

/** The task that has waited longest for a worker to take it for the first time. */
function untakenOf(
  { pendingWorkflowTask: task, pendingActivities }: Raw,
  queue: string,
): EngineFacts['untaken'] {
  const found: NonNullable<EngineFacts['untaken']>[] = [];
  const since = isoOf(task?.scheduledTime);
  if (task && since && Number(task.state) === scheduled && (task.attempt ?? 1) <= 1)
    found.push({ queue, kind: 'workflow', since });
  for (const { state, attempt, scheduledTime, activityOptions } of pendingActivities ?? []) {
    const at = isoOf(scheduledTime);
    if (Number(state) !== scheduled || (attempt ?? 1) > 1 || !at) continue;
    found.push({ queue: activityOptions?.taskQueue?.name ?? queue, kind: 'activity', since: at });
  }
  return found.sort((a, b) => a.since.localeCompare(b.since))[0] ?? null;
}

function pausedOf({ workflowExtendedInfo }: Raw): Hold | null {
  const { pauseInfo } = workflowExtendedInfo ?? {};
  if (!pauseInfo) return null;
  return {
    since: isoOf(pauseInfo.pausedTime),
    by: pauseInfo.identity || null,
    reason: pauseInfo.reason || null,
  };
}

/** Reads the history only of a run whose task has failed at least once. */
export async function readEngine(
  processes: Processes,
  target: { workflowId: string; runId: string },
  { raw, taskQueue }: RunDescription,
): Promise<EngineFacts> {
  const isRetried = (raw.pendingWorkflowTask?.attempt ?? 1) > 1;
  return {
    queue: taskQueue,
    paused: pausedOf(raw),
    codeFailure: isRetried ? await processes.lastTaskFailure(target) : null,
    untaken: untakenOf(raw, taskQueue),
    children: (raw.pendingChildren ?? []).map(({ workflowId, runId }) => ({
      workflowId: workflowId ?? '',
      runId: runId ?? '',
    })),
  };
}
