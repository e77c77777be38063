import { queues, type Queue } from '../../../../workflows/shared/queues.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { oncePerRequest } from '../../../kit/once.ts';
import type { QueueState, TaskKind } from '../../../kit/processes/queue-state.ts';
import { kindsOf } from '../../../kit/processes/queue-state.ts';
import { nullIfUnavailable } from '../../shared/null-if-unavailable.ts';

/** A worker that polls a queue, for whatever kinds of tasks. */
export interface QueueWorker {
  identity: string;
  build: string | null;
  /** ISO time of its last poll for any kind. */
  lastPollAt: string;
  kinds: TaskKind[];
}

/** A queue with all kinds of its tasks. */
export interface QueueHealth {
  queue: Queue;
  workers: QueueWorker[];
  /** Kinds of tasks that no worker takes. */
  unpolled: TaskKind[];
  backlog: number;
  ageMs: number;
  addedPerS: number;
  dispatchedPerS: number;
}

function workersOf(states: readonly { kind: TaskKind; state: QueueState }[]): QueueWorker[] {
  const byIdentity = new Map<string, QueueWorker>();
  for (const { kind, state } of states) {
    for (const { identity, build, lastPollAt } of state.pollers) {
      const known = byIdentity.get(identity) ?? { identity, build, lastPollAt, kinds: [] };
      known.build ??= build;
      if (lastPollAt > known.lastPollAt) known.lastPollAt = lastPollAt;
      if (!known.kinds.includes(kind)) known.kinds.push(kind);
      byIdentity.set(identity, known);
    }
  }
  return [...byIdentity.values()].sort((a, b) => a.identity.localeCompare(b.identity));
}

async function readQueue(context: RequestContext, queue: Queue): Promise<QueueHealth> {
  const states = await Promise.all(
    kindsOf(queue).map(async (kind) => ({
      kind,
      state: await context.deps.processes.describeQueue(queue, kind),
    })),
  );
  const sum = (of: (state: QueueState) => number) =>
    states.reduce((total, { state }) => total + of(state), 0);
  return {
    queue,
    workers: workersOf(states),
    unpolled: states.filter(({ state }) => state.pollers.length === 0).map(({ kind }) => kind),
    backlog: sum(({ backlog }) => backlog),
    ageMs: Math.max(...states.map(({ state }) => state.ageMs)),
    addedPerS: sum(({ addedPerS }) => addedPerS),
    dispatchedPerS: sum(({ dispatchedPerS }) => dispatchedPerS),
  };
}

const once = oncePerRequest(
  (context: RequestContext, _given: undefined) =>
    nullIfUnavailable(() => Promise.all(queues.map((queue) => readQueue(context, queue)))),
  () => '',
);

/** Every queue as it is now, asked once per request; null where Temporal doesn't answer. */
export const readQueues = (context: RequestContext): Promise<QueueHealth[] | null> =>
  once(context, undefined);
