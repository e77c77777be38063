import type { Tx } from '../../scope.ts';
import { all } from '../shared/rows.ts';

/** Who is told about money: the owners of a tenant that can sign in. */
export async function listBillingContacts(tx: Tx, tenantId: string): Promise<string[]> {
  const rows = await all<{ userId: string }>(
    tx
      .sql('memberships as m')
      .join('users as u', 'u.id', 'm.user_id')
      .where({ 'm.tenant_id': tenantId, 'm.role': 'owner', 'm.status': 'active', 'u.status': 'active' })
      .orderBy('m.user_id')
      .select('m.user_id'),
  );
  return rows.map(({ userId }) => userId);
}
