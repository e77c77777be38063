import { bulkOperations } from '../../../../db/domain/bulk.ts';
import * as items from '../../../../db/repos/runs/bulk/items.ts';
import type { ListedBulkOperation } from '../../../../db/repos/runs/bulk/operations.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { namesOf } from './names.ts';
import { readOperation } from './operations.ts';

/** An operation with why some of its items were not done. Throws `bulk.not-found`. */
export async function readDetail(
  context: RequestContext,
  id: string,
): Promise<{ operation: ListedBulkOperation; causes: items.BulkCause[] }> {
  const operation = await readOperation(context, id);
  const causes = await context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    items.listCauses(tx, id),
  );
  return { operation, causes };
}

/** One page of the items of an operation, with the names of those within reach. Throws `bulk.not-found`. */
export async function readItems(
  context: RequestContext,
  id: string,
  filter: Parameters<typeof items.list>[2],
) {
  const operation = await readOperation(context, id);
  const page = await context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    items.list(tx, id, filter),
  );
  const { subject } = bulkOperations[operation.operation];
  const ids = page.items.map(({ itemId }) => itemId);
  return { ...page, subject, names: await namesOf(context, subject, ids) };
}
