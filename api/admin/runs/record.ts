import * as events from '../../../db/repos/audit/events.ts';
import type { EventAction } from '../../../db/domain/event.ts';
import { idFromKey } from '../../../db/domain/ids.ts';
import type { ListedRun } from '../../../db/repos/runs/runs.ts';
import type { RequestContext } from '../../kit/context.ts';

/** The same for every time that a person sends a request with this key. */
const keyOf = (context: RequestContext, action: EventAction, runId: string, requestKey: string) =>
  `${action} ${runId} ${context.actor().id} ${requestKey}`;

/** What was recorded of a request with this key; null where nothing was. */
export async function findRecorded(
  context: RequestContext,
  runId: string,
  action: EventAction,
  requestKey: string,
): Promise<Record<string, unknown> | null> {
  const anyId = await idFromKey('event', keyOf(context, action, runId, requestKey));
  const { items } = await context.deps.db.inScope(context.overview(), (tx) =>
    events.list(tx, { anyId, action, limit: 1 }),
  );
  return items[0]?.data ?? null;
}

/**
 * Recorded with the run it was done to, so that the run's page shows it; once for the key of a request, however often
 * that is sent.
 */
export async function recordOnRun(
  context: RequestContext,
  row: Pick<ListedRun, 'tenantId' | 'workflowId' | 'runId'>,
  action: EventAction,
  data: Record<string, string>,
  requestKey?: string,
): Promise<void> {
  const { tenantId, workflowId, runId } = row;
  const { visibility, by } = context.scope({ tenantId });
  const scope = { visibility, by: { ...by, context: { ...by.context, workflowId, runId } } };
  const event = { action, targets: [{ type: 'run' as const, id: workflowId }], data };
  const record = () =>
    context.deps.db.inScope(scope, async (tx) => {
      if (requestKey === undefined) tx.record(event);
      else await events.recordOnce(tx, keyOf(context, action, runId, requestKey), event);
    });
  // Of two requests with one key at the same time, the later one fails and then finds the event of the first.
  await record().catch((error: unknown) => {
    if (requestKey === undefined) throw error;
    return record();
  });
}
