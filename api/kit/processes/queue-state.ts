import type { Client } from '@temporalio/client';
import type { Queue } from '../../../workflows/shared/queues.ts';
import { isoOf } from '../run-view/decode.ts';
import { answeredSoon } from './errors.ts';

/** A worker that polls a queue. */
export interface Poller {
  /** "<pid>@<host>". */
  identity: string;
  /** ISO time of its last poll. */
  lastPollAt: string;
  /** Build of its code. */
  build: string | null;
}

/** A task queue as it is now, for one kind of task or both together. */
export interface QueueState {
  queue: string;
  pollers: Poller[];
  /** Tasks that wait for a worker, and how long the oldest has. */
  backlog: number;
  ageMs: number;
  /** Tasks a second of late: added, and given to workers. */
  addedPerS: number;
  dispatchedPerS: number;
}

/** Numbers of Temporal's TaskQueueType. */
export const taskKinds = { workflow: 1, activity: 2 } as const;
export type TaskKind = keyof typeof taskKinds;

/** A poll takes at most a minute: who hasn't polled for longer has gone. */
const goneAfterMs = 70_000;

interface Duration {
  seconds?: { toString(): string } | null;
  nanos?: number | null;
}
const msOf = (duration: Duration | null | undefined) =>
  Number(duration?.seconds ?? 0) * 1_000 + Math.round((duration?.nanos ?? 0) / 1e6);

/** What Temporal says of a queue: no worker is needed. Throws `service.unavailable` where it doesn't answer. */
export async function describeQueue(client: Client, queue: string, kind: TaskKind): Promise<QueueState> {
  const { pollers, stats } = await answeredSoon(client, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: queue },
      taskQueueType: taskKinds[kind],
      reportStats: true,
    }),
  );
  const recent = (pollers ?? []).filter(
    ({ lastAccessTime }) => msOf(lastAccessTime) > Date.now() - goneAfterMs,
  );
  return {
    queue,
    pollers: recent.map(({ identity, lastAccessTime, workerVersionCapabilities, deploymentOptions }) => ({
      identity: identity ?? '',
      lastPollAt: isoOf(lastAccessTime) ?? '',
      build: deploymentOptions?.buildId || workerVersionCapabilities?.buildId || null,
    })),
    backlog: Number(stats?.approximateBacklogCount ?? 0),
    ageMs: msOf(stats?.approximateBacklogAge),
    addedPerS: stats?.tasksAddRate ?? 0,
    dispatchedPerS: stats?.tasksDispatchRate ?? 0,
  };
}

/** The kinds of tasks a queue carries: workflows run on `core` only. */
export const kindsOf = (queue: Queue): readonly TaskKind[] =>
  queue === 'core' ? ['workflow', 'activity'] : ['activity'];
