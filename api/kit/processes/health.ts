import type { Client } from '@temporalio/client';
import type { Queue } from '../../../workflows/shared/queues.ts';
import { describeQueue, kindsOf, type QueueState, type TaskKind } from './queue-state.ts';

const withinMs = 3_000;

/** Whether Temporal answers and whether workers are there. */
export function health(client: Client) {
  return {
    /** Throws where Temporal does not answer. */
    async ping(): Promise<void> {
      await client.withDeadline(Date.now() + withinMs, () => client.workflowService.getSystemInfo({}));
    },

    /** Whether workers take every kind of task of the queue. */
    async isPolled(queue: Queue): Promise<boolean> {
      const states = await Promise.all(kindsOf(queue).map((kind) => describeQueue(client, queue, kind)));
      return states.every(({ pollers }) => pollers.length > 0);
    },

    /** Pollers, backlog and rates of a queue, for one kind of task. */
    describeQueue: (queue: string, kind: TaskKind): Promise<QueueState> => describeQueue(client, queue, kind),
  };
}
