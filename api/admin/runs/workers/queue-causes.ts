import type { Cause } from '../../../../db/domain/runs/why/cause.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { type QueueHealth, readQueues } from './read-queues.ts';

/** Older waits than this aren't the ordinary moment between a task and its worker. */
const longBacklogMs = 30_000;

function causesOf({ queue, unpolled, backlog: count, ageMs }: QueueHealth): Cause[] {
  if (unpolled.length > 0) return [{ code: 'noWorker', queue }];
  return ageMs > longBacklogMs ? [{ code: 'backlog', queue, count, ageMs }] : [];
}

/** What keeps whole queues from moving. */
export async function readQueueCauses(context: RequestContext): Promise<Cause[]> {
  const found = await readQueues(context);
  return found ? found.flatMap(causesOf) : [{ code: 'engineAway' }];
}
