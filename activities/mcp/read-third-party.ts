import type { Scope } from '../../db/scope.ts';
import { AppError } from '../../db/domain/errors.ts';
import type { RiskClass } from '../../db/domain/integrations/risk.ts';
import { serverRecord, type ServerRecord } from '../../db/domain/integrations/servers.ts';
import type { ToolDefinition } from '../../db/domain/integrations/tools.ts';
import { getServer } from '../../db/repos/integrations/servers.ts';
import { syncServer } from '../../db/repos/integrations/tool-sync.ts';
import type { GatewayDeps } from './gateway/deps.ts';
import { describeListed, type Listed, openLaunch, type ThirdPartyDeps } from './gateway/third-party.ts';
import { completeCredentials } from './gateway/stored-credentials.ts';
import type { Credentials } from './kit/credentials.ts';
import { forbiddenHostCode } from './kit/network.ts';

/** The risk a third-party tool suggests by its annotations; a person sets the actual one. */
export function suggestedRisk({ annotations = {} }: Listed[number]): RiskClass {
  if (annotations.readOnlyHint) return 'read';
  // MCP assumes that a tool without hints may destroy; the platform assumes that it writes.
  return annotations.destructiveHint ? 'destructive' : 'write';
}

/** HTTP statuses that are about the credentials. */
const credentialStatuses = [401, 403];

/** Whether the network guard refused the connection. */
function isForbidden(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return code === forbiddenHostCode || (cause !== undefined && isForbidden(cause));
}

/**
 * Starts or reaches a third-party server and lists its tools. Throws `connection.refused` when it rejects the
 * credentials or is in a private network, `tool.vendor-unavailable` when it doesn't answer as an MCP server.
 */
export async function listThirdParty(
  deps: ThirdPartyDeps,
  record: Pick<ServerRecord, 'name' | 'launch' | 'credentialFields'>,
  credentials: Credentials,
): Promise<ToolDefinition[]> {
  try {
    const session = await openLaunch(deps, record, credentials);
    await session.close();
    return session.listed.map((tool) => ({ ...describeListed(tool), risk: suggestedRisk(tool) }));
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (isForbidden(error)) {
      throw new AppError('connection.refused', {
        text: 'This URL points to a private network, which isn’t allowed.',
        cause: error,
      });
    }
    const { status } = error as { status?: unknown };
    const refused = typeof status === 'number' && credentialStatuses.includes(status);
    throw new AppError(refused ? 'connection.refused' : 'tool.vendor-unavailable', {
      ...(!refused && { text: 'It didn’t respond as an MCP server. Nothing was changed.' }),
      cause: error,
    });
  }
}

/**
 * Lists the tools of a third-party server with a tenant's credentials and compares them with the pinned ones: new or
 * changed tools are quarantined. Throws as `listThirdParty`, `connection.missing`, `connection.incomplete`.
 */
export async function readThirdParty(
  deps: GatewayDeps,
  { scope, tenantId, server }: { scope: Scope; tenantId: string; server: string },
): Promise<void> {
  const record = await deps.db.inScope(scope, (tx) => getServer(tx, server));
  const credentials = await completeCredentials(deps, tenantId, record);
  const definitions = await listThirdParty(deps, record, credentials);
  await deps.db.inScope({ visibility: 'platform', by: scope.by }, async (tx) =>
    // Read again: the server may have been changed meanwhile.
    syncServer(tx, serverRecord.parse(await getServer(tx, server)), definitions),
  );
}
