import { z } from 'zod';
import { AppError } from '../../../../db/domain/errors.ts';
import { type QueueCard, WorkersPage } from '../../../../templates/admin/runs/workers.tsx';
import { workersCopy } from '../../../../templates/admin/runs/workers-copy.ts';
import { paths } from '../../../../templates/paths.ts';
import { queues } from '../../../../workflows/shared/queues.ts';
import type { Area } from '../../../kit/area.ts';
import { groupBy } from '../../../../db/domain/group-by.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { taskKinds, type TaskKind } from '../../../kit/processes/queue-state.ts';
import { definePage, defineRoute } from '../../../kit/route.ts';
import { type QueueHealth, readQueues } from './read-queues.ts';

const kind = z.enum(Object.keys(taskKinds) as [TaskKind, ...TaskKind[]]);
const answer = z.object({
  queues: z.array(
    z.object({
      queue: z.enum(queues),
      /** Kinds of tasks that no worker takes. */
      unpolled: z.array(kind),
      workers: z.array(
        z.object({
          identity: z.string(),
          build: z.string().nullable(),
          lastPollAt: z.string(),
          kinds: z.array(kind),
        }),
      ),
      backlog: z.number().int(),
      ageMs: z.number(),
      addedPerS: z.number(),
      dispatchedPerS: z.number(),
    }),
  ),
});

function toCard({ unpolled, ...health }: QueueHealth): QueueCard {
  const known = health.workers.filter(({ build }) => build !== null);
  return {
    ...health,
    isUnpolled: unpolled.length > 0,
    versions: groupBy(known, ({ build }) => build ?? '').map(([build, workers]) => ({
      build,
      workers: workers.length,
    })),
  };
}

/** Which workers take the tasks of each queue. */
export const workersArea: Area = {
  side: 'admin',
  nav: [
    {
      title: workersCopy.title,
      href: paths.workers,
      icon: 'heart-rate-monitor',
      group: 'Operations',
      permission: 'workers.read',
      tabOf: paths.workflows,
    },
  ],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/workers',
      access: 'workers.read',
      summary: 'Each task queue with its workers, their versions, waiting tasks and rates',
      response: answer,
      errors: ['service.unavailable'],
      async handle(context) {
        const found = await readQueues(context);
        if (!found) throw new AppError('service.unavailable');
        return { queues: found };
      },
    }),
    definePage({
      path: paths.workers,
      access: 'workers.read',
      async show(context) {
        const found = await readQueues(context);
        return WorkersPage({ frame: pageContextOf(context), queues: found && found.map(toCard) });
      },
    }),
  ],
};
