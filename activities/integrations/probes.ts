import { Context } from '@temporalio/activity';
import type { ErrorCode } from '../../db/domain/errors.ts';
import type { ToolServer } from '../../db/domain/integrations/servers.ts';
import { listChecked, recordProbe, tenantsInTurn } from '../../db/repos/integrations/probes.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { askService, outages } from '../mcp/gateway/ask-vendor.ts';

const watcher = { type: 'system', id: 'monitor-servers' } as const;
/** A service that takes longer than this to answer a small question is not well. */
const probeWithinMs = 8_000;
/** Tenants whose connection is tried before a check says nothing. */
const tenantsTried = 3;

export type Checked = 'up' | 'down' | 'unknown';

/** Keeping an eye on the services of the registry. */
export function probeActivities(deps: Deps) {
  /** As the platform itself. */
  async function ask(
    { server, kind }: { server: string; kind: ToolServer['kind'] },
    tenantId: string,
  ): Promise<ErrorCode | null> {
    const { cancellationSignal, info } = Context.current();
    const problem = await askService(deps, {
      ...{ tenantId, server, kind, actor: watcher, scope: actingIn({ tenantId }, watcher) },
      key: `${effectKey()}/${tenantId}`,
      attempt: info.attempt,
      signal: AbortSignal.any([cancellationSignal, AbortSignal.timeout(probeWithinMs)]),
    });
    return problem?.code ?? null;
  }

  return {
    /** The services that some tenant is connected to. */
    async listServersToCheck(): Promise<{ server: string; kind: ToolServer['kind'] }[]> {
      const checked = await deps.db.inScope({ ...actingIn('platform'), readOnly: true }, listChecked);
      return checked.map(({ server, kind }) => ({ server, kind }));
    },

    /**
     * Checks one service with the connection of one tenant, another each turn. Where that connection itself does not
     * work, the next is tried; when none tells, nothing is written down.
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
