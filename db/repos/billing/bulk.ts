import { billingBulk, type SubscriptionFilter, whyNotMoved } from '../../domain/billing/bulk.ts';
import type { Subscription } from '../../domain/billing/subscriptions.ts';
import type { BulkCandidate } from '../../domain/runs/bulk-operation.ts';
import type { Tx } from '../../scope.ts';
import { all } from '../shared/rows.ts';
import * as overview from './overview.ts';
import * as plans from './plans.ts';

/** Ids of the subscriptions within reach that filters find, one more than `limit` where there are more. */
export const choose = (tx: Tx, filter: SubscriptionFilter, limit: number): Promise<string[]> =>
  overview.ids(tx, filter, limit);

/** Whether each can be moved to the version. Throws `plan.not-found`. */
export async function inspect(
  tx: Tx,
  ids: readonly string[],
  parameters: Readonly<Record<string, unknown>>,
): Promise<BulkCandidate[]> {
  if (ids.length === 0) return [];
  const { plan, version } = billingBulk['subscriptions.move'].parameters.parse(parameters);
  const to = await plans.getVersion(tx, plan, version);
  const rows = await all<Subscription>(tx.sql('subscriptions').whereIn('id', ids as string[]));
  return rows.map((row) => ({ id: row.id, leftOut: whyNotMoved(row, to) }));
}
