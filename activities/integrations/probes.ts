import { Context } from '@temporalio/activity';
import type { ErrorCode } from '../../db/domain/errors.ts';
import type { ToolServer } from '../../db/domain/integrations/servers.ts';
import { listChecked, recordProbe, tenantsInTurn } from '../../db/repos/integrations/probes.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { probeServer, outages } from '../mcp/gateway/ask-vendor.ts';

const watcher = { type: 'system', id: 'monitor-servers' } as const;
/** Milliseconds; a server that takes longer for a small request counts as unhealthy. */
const probeWithinMs = 8_000;
/** How many tenants' connections are tried before a check is inconclusive. */
const tenantsTried = 3;

export type Checked = 'up' | 'down' | 'unknown';

/** Health checks of the servers in the registry. */
export function probeActivities(deps: Deps) {
  /** Calls the server as the platform. */
  async function ask(
    { server, kind }: { server: string; kind: ToolServer['kind'] },
    tenantId: string,
  ): Promise<ErrorCode | null> {
    const { cancellationSignal, info } = Context.current();
    const problem = await probeServer(deps, {
      ...{ tenantId, server, kind, actor: watcher, scope: actingIn({ tenantId }, watcher) },
      key: `${effectKey()}/${tenantId}`,
      attempt: info.attempt,
      signal: AbortSignal.any([cancellationSignal, AbortSignal.timeout(probeWithinMs)]),
    });
    return problem?.code ?? null;
  }

  return {
    /** The servers that at least one tenant is connected to. */
    async listServersToCheck(): Promise<{ server: string; kind: ToolServer['kind'] }[]> {
      const checked = await deps.db.inScope({ ...actingIn('platform'), readOnly: true }, listChecked);
      return checked.map(({ server, kind }) => ({ server, kind }));
    },

    /**
     * Checks one server with the connection of one tenant, a different one each time. When that connection itself
     * doesn't work, the next is tried; when none is conclusive, nothing is recorded.
     */
    async checkServer(request: {
      server: string;
      kind: ToolServer['kind'];
      turn: number;
    }): Promise<{ state: Checked }> {
      const { server, turn } = request;
      const scope = actingIn('platform', watcher);
      const tenants = await deps.db.inScope({ ...scope, readOnly: true }, (tx) =>
        tenantsInTurn(tx, { server, turn, limit: tenantsTried }),
      );
      for (const tenantId of tenants) {
        const startedMs = performance.now();
        const errorCode = await ask(request, tenantId);
        if (errorCode !== null && !outages.includes(errorCode)) continue;
        const ms = Math.round(performance.now() - startedMs);
        await deps.db.inScope(scope, (tx) =>
          recordProbe(tx, { server, ok: errorCode === null, ms, errorCode }),
        );
        return { state: errorCode === null ? 'up' : 'down' };
      }
      return { state: 'unknown' };
    },
  };
}
