import type { Tx } from '../../scope.ts';
import { first, one } from '../shared/rows.ts';

/** The time a tenant is billed by. */
export interface BillingTime {
  now: Date;
  /** It stands still until it is set again. */
  isVirtual: boolean;
}

/** The time of the database; for a tenant of the sandbox with a clock of its own what that clock was set to. */
export async function timeOf(tx: Tx, tenantId: string): Promise<BillingTime> {
  const clock = await first<{ nowAt: Date }>(
    tx.sql('billing_clocks').where({ tenant_id: tenantId }).select('now_at'),
  );
  if (clock) return { now: clock.nowAt, isVirtual: true };
  const { now } = await one<{ now: Date }>(tx.sql.raw('select now()'));
  return { now, isVirtual: false };
}

/** Sets the clock of a tenant; it never goes back. True when it moved. */
export async function moveClock(tx: Tx, tenantId: string, to: Date, by: string): Promise<boolean> {
  const moved = await tx
    .sql('billing_clocks')
    .insert({ tenant_id: tenantId, now_at: to, set_by: by })
    .onConflict('tenant_id')
    .merge({ now_at: to, set_by: by, set_at: tx.sql.fn.now() })
    .where('billing_clocks.now_at', '<', to)
    .returning('tenant_id');
  if (moved.length === 0) return false;
  tx.record({
    action: 'billing-clock.moved',
    targets: [{ type: 'tenant', id: tenantId }],
    data: { to: to.toISOString() },
  });
  return true;
}
