import { Worker, type WorkerOptions } from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import type { Queue } from '../workflows/shared/queues.ts';

/**
 * One worker for each queue, over one connection: `core` runs workflows and activities, every other activities only, and so
 * costs no workflow cache.
 */
export function createWorkers(
  served: readonly Queue[],
  {
    workflowBundle,
    maxCachedWorkflows,
    ...shared
  }: Omit<WorkerOptions, 'taskQueue' | 'activities'> & { activities: Activities },
): Promise<Worker[]> {
  return Promise.all(
    served.map((taskQueue) =>
      Worker.create({
        ...shared,
        taskQueue,
        ...(taskQueue === 'core' && {
          ...(workflowBundle && { workflowBundle }),
          ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }),
        }),
      }),
    ),
  );
}
