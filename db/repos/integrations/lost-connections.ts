import type { Tx } from '../../scope.ts';
import { isNotFrozen } from '../tenants/freezes.ts';
import { all } from '../shared/rows.ts';

/** A person to notify that a server no longer accepts the access of their business. */
export interface LostNotice {
  tenantId: string;
  server: string;
  userId: string;
  /** The mail that tells it: another one once the service was connected again and is lost again. */
  key: string;
}

// The loss is known by the credentials that were lost; connecting again gives others.
const untold = `
  with owed as (
    select c.tenant_id, c.server, m.user_id, c.last_error_at,
           'connection-lost/' || c.id || '/' || c.credential_version || '/' || m.user_id as key
      from mcp_connections c
      join memberships m on m.tenant_id = c.tenant_id and m.role = 'owner'
     where c.status = 'needsReconnect' and ${isNotFrozen('c.tenant_id')})
  select tenant_id, server, user_id, key
    from owed
   where not exists (select 1 from mails
                      where mails.tenant_id = owed.tenant_id and mails.key = owed.key and mails.status <> 'sending')
   order by last_error_at, key
   limit ?`;

/** Owners who were not told yet that a connection is lost, longest waiting first; from the reach of the platform. */
export async function listUnnotified(tx: Tx, limit: number): Promise<LostNotice[]> {
  return all<LostNotice>(tx.sql.raw(untold, [limit]));
}
