import type { Tx } from '../../scope.ts';
import { all } from '../shared/rows.ts';
import type { SumFilter } from './sums.ts';

/** More would not be read. */
const mostTenants = 20;

/** Tenants with the most failed runs that ended on these days; the platform's own runs are left out. */
export async function countByTenant(
  tx: Tx,
  { from, to, process, version, tenantId }: SumFilter & { tenantId?: string | undefined },
): Promise<{ tenantId: string; name: string; failed: number }[]> {
  const query = tx
    .sql('runs as r')
    .join('tenants as t', 't.id', 'r.tenant_id')
    .where('r.state', 'failed')
    .whereRaw(
      `r.closed_at >= cast(? as timestamp) at time zone 'UTC'
         and r.closed_at < (cast(? as timestamp) + interval '1 day') at time zone 'UTC'`,
      [from, to],
    )
    .groupBy('r.tenant_id', 't.name')
    .orderByRaw('3 desc, 2')
    .limit(mostTenants)
    .select('r.tenant_id', 't.name', tx.sql.raw('count(*)::int as failed'));
  if (process) void query.where('r.process', process);
  if (version) void query.where('r.version', version);
  if (tenantId) void query.where('r.tenant_id', tenantId);
  return all(query);
}
