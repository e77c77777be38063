import type { Tx } from '../../connect.ts';

/** The tenant inside whose scope a transaction runs; work that belongs to one tenant is never done from a wider reach. */
export function tenantOf(tx: Tx): string {
  const { reach } = tx.scope;
  if (typeof reach === 'object' && 'tenantId' in reach) return reach.tenantId;
  throw new Error('this needs the scope of one tenant');
}
