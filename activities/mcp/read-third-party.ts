import type { Scope } from '../../db/connect.ts';
import { AppError } from '../../db/domain/errors.ts';
import { serverRecord, type ToolDefinition } from '../../db/domain/mcp.ts';
import { getServer } from '../../db/repos/mcp-registry.ts';
import { syncServer } from '../../db/repos/mcp-sync.ts';
import type { GatewayDeps } from '../deps.ts';
import { describeListed, openThirdParty } from './gateway/third-party.ts';

/** Nothing is known of a tool that nobody has classed, so the platform supposes that it changes things. */
const unclassed = 'write';

/** Refusals of an HTTP server that are about the credentials. */
const credentialStatuses = [401, 403];

/**
 * Asks a server that is not ours for its tools with a tenant's credentials and compares them with what was approved:
 * what is new or different is set aside. Throws `connection.needs-reconnect`, `tool.vendor-unavailable`.
 */
export async function readThirdParty(
  deps: GatewayDeps,
  place: { scope: Scope; tenantId: string; server: string },
): Promise<void> {
  const definitions = await listed(deps, place);
  const { by } = place.scope;
  await deps.db.inScope({ reach: 'platform', by }, async (tx) => {
    const record = serverRecord.parse(await getServer(tx, place.server));
    await syncServer(tx, record, definitions);
  });
}

async function listed(
  deps: GatewayDeps,
  place: { scope: Scope; tenantId: string; server: string },
): Promise<ToolDefinition[]> {
  try {
    const way = await openThirdParty(deps, place);
    try {
      const { tools } = await way.client.listTools();
      return tools.map((tool) => ({ ...describeListed(tool), risk: unclassed }));
    } finally {
      await way.close();
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code } = error as { code?: unknown };
    const refused = typeof code === 'number' && credentialStatuses.includes(code);
    throw new AppError(refused ? 'connection.needs-reconnect' : 'tool.vendor-unavailable', { cause: error });
  }
}
