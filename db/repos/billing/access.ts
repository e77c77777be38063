import type { AccessLevel } from '../../domain/billing/subscriptions.ts';
import { AppError } from '../../domain/errors.ts';
import type { Tx } from '../../scope.ts';
import { first } from '../shared/rows.ts';

/** What unpaid invoices leave of a tenant's access, as an expression: that of its newest subscription, full without one. */
export const accessSql = (tenantId: string): string =>
  `coalesce((select access from public.subscriptions where tenant_id = ${tenantId} order by created_at desc limit 1), 'full')`;

/** The error of what unpaid invoices stop. */
export const unpaidError = (access: Exclude<AccessLevel, 'full'>): AppError =>
  new AppError(access === 'suspended' ? 'subscription.suspended' : 'subscription.restricted');

/** Throws `subscription.restricted` or `subscription.suspended` where unpaid invoices leave less than full access. */
export async function assertFullAccess(tx: Tx, tenantId: string): Promise<void> {
  const row = await first<{ access: AccessLevel }>(
    tx.sql.raw(`select ${accessSql(':tenantId')} as access`, { tenantId }),
  );
  if (row && row.access !== 'full') throw unpaidError(row.access);
}
