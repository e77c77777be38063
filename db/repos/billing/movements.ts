import { movementOf, type Movement } from '../../domain/billing/revenue/movements.ts';
import { newId } from '../../domain/ids.ts';
import type { Tx } from '../../scope.ts';
import { first, snake } from '../shared/rows.ts';

interface RevenueNow {
  tenantId: string;
  subscriptionId: string;
  currency: string;
  /** Monthly recurring revenue of the tenant in this currency from now on. */
  afterMinor: number;
  at: Date;
  eventId: string;
}

/**
 * Records how the recurring revenue of a tenant changed; nothing where it did not. The caller holds the subscription, so that
 * two changes of one tenant follow each other.
 */
export async function recordMovement(tx: Tx, { afterMinor, ...facts }: RevenueNow): Promise<void> {
  const { tenantId, currency } = facts;
  const last = await first<Pick<Movement, 'afterMinor'>>(
    tx
      .sql('mrr_movements')
      .where({ tenant_id: tenantId, currency })
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(1)
      .select('after_minor'),
  );
  const beforeMinor = last?.afterMinor ?? 0;
  const kind = movementOf(beforeMinor, afterMinor, last !== null);
  if (!kind) return;
  const amountMinor = afterMinor - beforeMinor;
  await tx
    .sql('mrr_movements')
    .insert(snake({ id: newId('movement'), ...facts, kind, amountMinor, beforeMinor, afterMinor }));
}
