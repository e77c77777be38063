import type { BulkSubject } from '../../../../db/domain/runs/bulk-operation.ts';
import * as overview from '../../../../db/repos/billing/overview.ts';
import * as people from '../../../../db/repos/people/people.ts';
import * as runs from '../../../../db/repos/runs/runs.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { runTitle, tenantRef } from '../../shared/names.ts';

/** Names of items by id; what is out of the viewer's reach is missing. */
export function namesOf(
  context: RequestContext,
  subject: BulkSubject,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return context.deps.db.inScope({ ...context.overview(), readOnly: true }, async (tx) => {
    if (subject === 'tenants') return tenants.names(tx, ids);
    if (subject === 'people') return people.names(tx, ids);
    if (subject === 'subscriptions') return overview.names(tx, ids);
    const found = await runs.listOf(tx, ids);
    return new Map(
      found.map((run) => [run.runId, runTitle(run.process, tenantRef(run)?.name ?? null)] as const),
    );
  });
}
