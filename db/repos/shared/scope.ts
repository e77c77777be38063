import type { Tx } from '../../scope.ts';

/** The tenant inside whose scope a transaction runs; work that belongs to one tenant is never done from a wider reach. */
export function tenantOf(tx: Tx): string {
  const { visibility } = tx.scope;
  if (typeof visibility === 'object' && 'tenantId' in visibility) return visibility.tenantId;
  throw new Error('this needs the scope of one tenant');
}
