import type { Client } from '@temporalio/client';

const withinMs = 3_000;

/** Whether Temporal answers and whether workers are there. */
export function health(client: Client) {
  return {
    /** Throws where Temporal does not answer. */
    async ping(): Promise<void> {
      await client.withDeadline(Date.now() + withinMs, () => client.workflowService.getSystemInfo({}));
    },

    /** Whether a worker polls the queue. */
    async isPolled(queue: string): Promise<boolean> {
      const { pollers } = await client.withDeadline(Date.now() + withinMs, () =>
        client.workflowService.describeTaskQueue({
          namespace: client.options.namespace,
          taskQueue: { name: queue },
          taskQueueType: 1,
        }),
      );
      const recentS = Date.now() / 1_000 - 70;
      return (pollers ?? []).some((poller) => Number(poller.lastAccessTime?.seconds ?? 0) > recentS);
    },
  };
}
