import { Context } from '@temporalio/activity';
import { AppError, type ErrorCode } from '../db/domain/errors.ts';
import type { ToolServer } from '../db/domain/mcp.ts';
import { listChecked, recordProbe, tenantsInTurn } from '../db/repos/mcp-health.ts';
import { actingIn, effectKey } from './attribution.ts';
import type { Deps } from './deps.ts';
import { findServer } from './mcp/catalog.ts';
import { readThirdParty } from './mcp/read-third-party.ts';

const watcher = { type: 'system', id: 'watch-services' } as const;
/** A service that takes longer than this to answer a small question is not well. */
const probeWithinMs = 8_000;
/** Tenants whose connection is tried before a check says nothing. */
const tenantsTried = 3;

/** What says something about the service itself; everything else may be the tenant's credentials or settings. */
const outages: readonly ErrorCode[] = ['tool.vendor-unavailable', 'tool.timeout', 'tool.circuit-open'];

export type Checked = 'up' | 'down' | 'unknown';

/** Keeping an eye on the services of the registry. */
export function registryActivities(deps: Deps) {
  /** Asks through the door that everybody uses, as the platform itself. */
  async function askOurs(server: string, tenantId: string, signal: AbortSignal): Promise<void> {
    const probe = findServer(server)?.probe;
    if (!probe) throw new AppError('server.not-found');
    await deps.gateway.call({
      scope: actingIn({ tenantId }, watcher),
      ...{ tenantId, server, signal },
      actor: watcher,
      tool: probe.tool,
      arguments: probe.arguments,
      key: `${effectKey()}/${tenantId}`,
      attempt: Context.current().info.attempt,
    });
  }

  async function ask(
    { server, kind }: { server: string; kind: ToolServer['kind'] },
    tenantId: string,
  ): Promise<ErrorCode | null> {
    const signal = AbortSignal.any([
      Context.current().cancellationSignal,
      AbortSignal.timeout(probeWithinMs),
    ]);
    try {
      if (kind === 'own') await askOurs(server, tenantId, signal);
      else await readThirdParty(deps, { scope: actingIn({ tenantId }, watcher), tenantId, server });
      return null;
    } catch (error) {
      if (signal.aborted) return 'tool.timeout';
      if (error instanceof AppError) return error.code;
      throw error;
    }
  }

  return {
    /** The services that some tenant is connected to. */
    async servicesToCheck(): Promise<{ server: string; kind: ToolServer['kind'] }[]> {
      const checked = await deps.db.inScope({ ...actingIn('platform'), readOnly: true }, listChecked);
      return checked.map(({ server, kind }) => ({ server, kind }));
    },

    /**
     * Checks one service with the connection of one tenant, another each turn. Where that connection itself does not
     * work, the next is tried; when none tells, nothing is written down.
     */
    async checkService(request: {
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
