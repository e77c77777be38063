import { queues } from '../../workflows/shared/queues.ts';
import type { ApiDeps } from './deps.ts';

/** Whether each part that the platform needs answers. */
export type Readiness = Record<'database' | 'temporal' | 'worker', boolean>;

const answers = (probe: Promise<unknown>) =>
  probe.then(
    () => true,
    () => false,
  );

/** Asks the database, Temporal, and Temporal whether a worker polls; a part that refuses counts as not ready. */
export async function readReadiness({
  db,
  processes,
}: Pick<ApiDeps, 'db' | 'processes'>): Promise<Readiness> {
  const [database, temporal, worker] = await Promise.all([
    answers(db.ping()),
    answers(processes.ping()),
    // Every queue: each has processes that can't go on without it.
    Promise.all(queues.map((queue) => processes.isPolled(queue))).then(
      (polled) => polled.every(Boolean),
      () => false,
    ),
  ]);
  return { database, temporal, worker };
}
