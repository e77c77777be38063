import { billingBulk, movedTo, whyNotMoved } from '../../db/domain/billing/bulk.ts';
import { AppError } from '../../db/domain/errors.ts';
import * as clock from '../../db/repos/billing/clock.ts';
import * as plans from '../../db/repos/billing/plans.ts';
import * as subscriptions from '../../db/repos/billing/subscriptions.ts';
import type { Tx } from '../../db/scope.ts';
import type { Deps } from '../deps.ts';
import { type BatchRequest, type BatchResult, type Turn, workInside } from '../shared/bulk.ts';
import { reachOf } from '../shared/reach.ts';

const { parameters: schema, permission } = billingBulk['subscriptions.move'];

/** What waits for the next period doesn't change when that is, so its process need not be told. */
async function move(tx: Tx, { operation: { actor, parameters }, item }: Turn): Promise<null> {
  await reachOf(tx, actor, permission);
  const { plan, version } = schema.parse(parameters);
  const to = await plans.getVersion(tx, plan, version);
  const held = await subscriptions.lockAny(tx, item.itemId);
  const why = whyNotMoved(held, to);
  if (why) throw new AppError(why);
  const { now: at } = await clock.timeOf(tx, held.tenantId);
  const pending = movedTo(held, version);
  const data = { plan, version, interval: pending.interval, seats: pending.seats };
  const action = 'subscription.change-scheduled';
  await subscriptions.changeSubscription(tx, held, { pending }, { action, at, data });
  return null;
}

/** Changes of many subscriptions at once. */
export function subscriptionsBulkActivities(deps: Deps) {
  return {
    /** Moves the next subscriptions of an operation to a version of their plan, from their next period on. */
    moveSubscriptionsInBulk: (request: BatchRequest): Promise<BatchResult> => workInside(deps, request, move),
  };
}
