import type { Tx } from '../../scope.ts';

/** The tenant inside whose scope a transaction runs; work of one tenant is never done in a wider scope. */
export function tenantOf(tx: Tx): string {
  const { visibility } = tx.scope;
  if (typeof visibility === 'object' && 'tenantId' in visibility) return visibility.tenantId;
  throw new Error('this needs the scope of one tenant');
}
