import { errorTable, isErrorCode } from '../../../db/domain/errors.ts';
import { listCalls } from '../../../db/repos/integrations/calls.ts';
import { listConnections } from '../../../db/repos/integrations/connections.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import { listUsage } from '../../../db/repos/integrations/usage.ts';
import type { TenantConnection } from '../../../templates/admin/integrations/tenant-connections.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { dayMs } from '../../../db/domain/time.ts';

const most = 200;
const windowMs = 30 * dayMs;

/** The servers of a tenant within reach: how each stands and how its use went in the last thirty days. */
export async function readConnections(
  context: RequestContext,
  tenantId: string,
): Promise<TenantConnection[]> {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const to = new Date();
    const from = new Date(to.getTime() - windowMs);
    const connections = await listConnections(tx, tenantId);
    const usage = await listUsage(tx, { by: 'server', from, to, tenantId });
    const { items: servers } = await listServers(tx, { limit: most });
    const { items: calls } = await listCalls(tx, { tenantId, limit: most });
    return connections.map(({ server, status, connectedAt }) => {
      const used = usage.find(({ key }) => key === server);
      const failed = calls.find(
        (call) => call.server === server && call.outcome !== 'ok' && call.outcome !== 'approval.required',
      );
      return {
        server,
        title: servers.find(({ name }) => name === server)?.title ?? server,
        state: status,
        since: connectedAt.toISOString(),
        calls: used?.calls ?? 0,
        errors: used?.errors ?? 0,
        lastError: failed ? { text: problemOf(failed.outcome), at: failed.at.toISOString() } : null,
      };
    });
  });
}

const problemOf = (outcome: string) => (isErrorCode(outcome) ? errorTable[outcome].text : outcome);
