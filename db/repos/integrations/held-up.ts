import type { Tx } from '../../scope.ts';
import { all } from '../shared/rows.ts';

/** A tenant's connection that can't be used at the moment. */
export interface HeldUp {
  tenantId: string;
  server: string;
  title: string;
  /** The credentials aren't accepted; otherwise the vendor doesn't answer. */
  needsReconnect: boolean;
  /** Until when calls are refused, where it is the vendor. */
  openUntil: Date | null;
}

/** Connections that lost their credentials, and those whose breaker is open; of one tenant, or of all in view. */
export async function listHeldUp(
  tx: Tx,
  { tenantId, limit }: { tenantId?: string; limit: number },
): Promise<HeldUp[]> {
  const query = tx
    .sql('mcp_connections as c')
    .join('mcp_servers as s', 's.name', 'c.server')
    .joinRaw('left join mcp_admissions a on a.tenant_id = c.tenant_id and a.server = c.server')
    .where((any) =>
      any
        .where('c.status', 'needsReconnect')
        .orWhere((open) => open.where('c.status', 'connected').whereRaw('a.open_until > now()')),
    )
    .orderBy('c.tenant_id')
    .orderBy('s.title')
    .limit(limit)
    .select(
      'c.tenant_id',
      'c.server',
      's.title',
      tx.sql.raw(`c.status = 'needsReconnect' as needs_reconnect`),
      'a.open_until',
    );
  if (tenantId) void query.where('c.tenant_id', tenantId);
  return all<HeldUp>(query);
}
