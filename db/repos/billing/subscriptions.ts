import { mrrOf, type AccessLevel, type Subscription } from '../../domain/billing/subscriptions.ts';
import { AppError } from '../../domain/errors.ts';
import type { EventAction } from '../../domain/event.ts';
import { newId } from '../../domain/ids.ts';
import type { Tx } from '../../scope.ts';
import { all, first, isDuplicate, one, snake } from '../shared/rows.ts';
import { recordMovement } from './movements.ts';

/** The running subscription of a tenant. */
export async function findSubscription(tx: Tx, tenantId: string): Promise<Subscription | null> {
  return first<Subscription>(
    tx.sql('subscriptions').where({ tenant_id: tenantId }).whereNot({ status: 'cancelled' }),
  );
}

export async function getSubscription(tx: Tx, tenantId: string, id: string): Promise<Subscription> {
  const row = await first<Subscription>(tx.sql('subscriptions').where({ tenant_id: tenantId, id }));
  if (!row) throw new AppError('subscription.not-found');
  return row;
}

/** A subscription of any tenant within reach, held until the transaction ends. */
export async function lockAny(tx: Tx, id: string): Promise<Subscription> {
  const row = await first<Subscription>(tx.sql('subscriptions').where({ id }).forUpdate());
  if (!row) throw new AppError('subscription.not-found');
  return row;
}

/** The same, held until the transaction ends: a change reads it this way first. */
export async function lockSubscription(tx: Tx, tenantId: string, id: string): Promise<Subscription> {
  const row = await first<Subscription>(
    tx.sql('subscriptions').where({ tenant_id: tenantId, id }).forUpdate(),
  );
  if (!row) throw new AppError('subscription.not-found');
  return row;
}

/** How many subscriptions the tenant ever had. */
export async function countSubscriptions(tx: Tx, tenantId: string): Promise<number> {
  const { n } = await one<{ n: number }>(
    tx.sql('subscriptions').where({ tenant_id: tenantId }).count('id as n'),
  );
  return n;
}

const jsonColumns = ({ paymentMethod, pending, ...rest }: Partial<Subscription>) => ({
  ...rest,
  ...(paymentMethod !== undefined && { paymentMethod: paymentMethod && JSON.stringify(paymentMethod) }),
  ...(pending !== undefined && { pending: pending && JSON.stringify(pending) }),
});

/** What is given to start one; the rest begins empty. */
export type NewSubscription = Pick<
  Subscription,
  | 'id'
  | 'tenantId'
  | 'planKey'
  | 'planVersion'
  | 'interval'
  | 'seats'
  | 'status'
  | 'amountMinor'
  | 'currency'
  | 'gateway'
  | 'paymentMethod'
  | 'trialEndsAt'
  | 'anchorAt'
  | 'timezone'
  | 'periodStart'
  | 'periodEnd'
>;

/**
 * Starts the subscription; the same id again changes nothing. True when it was started now. Throws
 * `subscription.running` beside another one that is not cancelled.
 */
export async function insertSubscription(tx: Tx, subscription: NewSubscription): Promise<boolean> {
  const inserted = await tx
    .sql('subscriptions')
    .insert(snake(jsonColumns(subscription)))
    .onConflict(['tenant_id', 'id'])
    .ignore()
    .returning('id')
    .catch((error: unknown) => {
      throw isDuplicate(error, 'subscriptions_current_idx')
        ? new AppError('subscription.running', { cause: error })
        : error;
    });
  if (inserted.length === 0) return false;
  const { id, tenantId, planKey: plan, interval, status, currency, periodStart } = subscription;
  const eventId = newId('event');
  tx.record({
    id: eventId,
    action: 'subscription.activated',
    targets: [{ type: 'subscription', id }],
    data: { plan, interval, status },
  });
  await recordMovement(tx, {
    ...{ tenantId, subscriptionId: id, currency, eventId },
    afterMinor: mrrOf(subscription),
    at: periodStart,
  });
  return true;
}

interface Change {
  action: EventAction;
  at: Date;
  data?: Record<string, string | number | boolean | null>;
  /** What it is about besides the subscription. */
  targets?: readonly { type: 'invoice'; id: string }[];
}

/** Changes a subscription that the caller holds: its row, the event, and the movement of revenue where there is one. */
export async function changeSubscription(
  tx: Tx,
  before: Subscription,
  change: Partial<Omit<Subscription, 'id' | 'tenantId' | 'createdAt'>>,
  { action, at, data = {}, targets = [] }: Change,
): Promise<Subscription> {
  const { tenantId, id } = before;
  const after = { ...before, ...change };
  await tx
    .sql('subscriptions')
    .where({ tenant_id: tenantId, id })
    .update(snake(jsonColumns(change)));
  const eventId = newId('event');
  tx.record({ id: eventId, tenantId, action, targets: [{ type: 'subscription', id }, ...targets], data });
  const facts = { tenantId, subscriptionId: id, at, eventId };
  if (after.currency !== before.currency)
    await recordMovement(tx, { ...facts, currency: before.currency, afterMinor: 0 });
  await recordMovement(tx, { ...facts, currency: after.currency, afterMinor: mrrOf(after) });
  return after;
}

/** Ends the subscription at a moment; again, it does nothing. */
export async function cancelSubscription(tx: Tx, tenantId: string, id: string, at: Date): Promise<boolean> {
  const held = await lockSubscription(tx, tenantId, id);
  if (held.status === 'cancelled') return false;
  const end = { status: 'cancelled', cancelledAt: at, access: 'full', pending: null } as const;
  await changeSubscription(tx, held, end, { action: 'subscription.cancelled', at });
  return true;
}

/** Sets what a tenant may still do. */
export async function setAccess(
  tx: Tx,
  subscription: Subscription,
  access: AccessLevel,
  at: Date,
): Promise<void> {
  if (subscription.access === access) return;
  const data = { access, before: subscription.access };
  await changeSubscription(tx, subscription, { access }, { action: 'subscription.access-set', at, data });
}

/** Subscriptions whose process was never started, the oldest first: those from before there was one. */
export async function listWithoutProcess(
  tx: Tx,
  limit: number,
): Promise<Pick<Subscription, 'tenantId' | 'id'>[]> {
  return all(
    tx
      .sql('subscriptions')
      .whereNull('process_at')
      .whereNot({ status: 'cancelled' })
      .orderBy('created_at')
      .limit(limit)
      .select('tenant_id', 'id'),
  );
}

/** Notes that the process of a subscription was started. */
export async function markProcessStarted(tx: Tx, tenantId: string, id: string): Promise<void> {
  await tx.sql('subscriptions').where({ tenant_id: tenantId, id }).update({ process_at: tx.sql.fn.now() });
}
