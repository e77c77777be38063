import type { EventAction } from '../../../db/domain/event.ts';
import type { ListedRun } from '../../../db/repos/runs/runs.ts';
import type { RequestContext } from '../../kit/context.ts';

/** Recorded with the run it was done to, so that the run's page shows it. */
export async function recordOnRun(
  context: RequestContext,
  row: ListedRun,
  action: EventAction,
  data: Record<string, string>,
): Promise<void> {
  const { tenantId, workflowId, runId } = row;
  const { visibility, by } = context.scope({ tenantId });
  const scope = { visibility, by: { ...by, context: { ...by.context, workflowId, runId } } };
  await context.deps.db.inScope(scope, async (tx) =>
    tx.record({ action, targets: [{ type: 'run', id: workflowId }], data }),
  );
}
