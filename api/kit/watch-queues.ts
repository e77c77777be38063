import type { Logger } from 'pino';
import { minuteMs } from '../../db/domain/time.ts';
import { noteQueue, type Outage } from '../../db/repos/runs/outages.ts';
import type { Db, Scope } from '../../db/scope.ts';
import { queues, type Queue } from '../../workflows/shared/queues.ts';
import type { Processes } from './processes/client.ts';

const scope: Scope = { visibility: 'platform', by: { actor: { type: 'system', id: 'api' }, context: {} } };
const checkEveryMs = 30_000;
/** A restart of the workers is no outage. */
const graceMs = 2 * minuteMs;

export interface QueueWatch {
  /** Looks at every queue once. Throws nothing: what couldn't be done is done at the next look. */
  check(nowMs: number): Promise<void>;
  stop(): void;
}

/**
 * Watches whether each queue has workers, from a process that lives on without them. An outage is an event, and is told
 * to super admins once, however many processes watch.
 */
export function watchQueues(deps: {
  db: Db;
  processes: Processes;
  log: Logger;
  tellAdmins: (queue: string, outage: Outage) => Promise<void>;
}): QueueWatch {
  const { db, processes, log, tellAdmins } = deps;
  const unpolledSinceMs = new Map<Queue, number>();

  async function checkQueue(queue: Queue, nowMs: number): Promise<void> {
    const polled = await processes.isPolled(queue);
    if (polled) unpolledSinceMs.delete(queue);
    else if (!unpolledSinceMs.has(queue)) unpolledSinceMs.set(queue, nowMs);
    if (!polled && nowMs - (unpolledSinceMs.get(queue) ?? nowMs) < graceMs) return;
    const outage = await db.inScope(scope, (tx) => noteQueue(tx, { queue, polled }));
    // Who recorded it tells; the others look after that only once it has had the time to.
    if (outage && (outage.isNew || nowMs - outage.since.getTime() > checkEveryMs))
      await tellAdmins(queue, outage);
  }

  async function check(nowMs: number): Promise<void> {
    for (const queue of queues) {
      await checkQueue(queue, nowMs).catch((error: unknown) => {
        log.warn({ err: error, queue }, 'the workers of a queue could not be checked');
      });
    }
  }

  const timer = setInterval(() => void check(Date.now()), checkEveryMs);
  timer.unref();
  return { check, stop: () => clearInterval(timer) };
}
