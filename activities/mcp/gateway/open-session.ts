import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import type { Scope } from '../../../db/scope.ts';
import type { ServerRecord } from '../../../db/domain/integrations/servers.ts';
import { definitionHash } from '../../../db/domain/integrations/tools.ts';
import { fieldsOf } from '../../../db/domain/validation.ts';
import type { GatewayDeps } from './deps.ts';
import { findServer } from '../catalog.ts';
import { definitionOf } from '../kit/describe.ts';
import { toMcpServer } from '../kit/mcp-server.ts';
import { openConnections } from '../kit/network.ts';
import { redactor, secretsOf } from '../kit/redact.ts';
import type { ServerDefinition, Tool } from '../kit/server.ts';
import type { LiveTool, PooledSession } from './pool.ts';
import { clientInfo, openThirdParty } from './third-party.ts';
import { readCredentials, storedCredentials } from './stored-credentials.ts';

function checkOf(tool: Tool): LiveTool['check'] {
  return async (args) => {
    const parsed = tool.input.safeParse(args);
    return parsed.success ? null : fieldsOf(parsed.error, 'arguments');
  };
}

const known = new WeakMap<ServerDefinition, Promise<PooledSession['tools']>>();

/** Built-in tools never change while a process runs, so they are fingerprinted once. */
function toolsOf(server: ServerDefinition): Promise<PooledSession['tools']> {
  const found = known.get(server);
  if (found) return found;
  const made = Promise.all(
    server.tools.map(
      async (tool) =>
        [tool.name, { hash: await definitionHash(definitionOf(tool)), check: checkOf(tool) }] as const,
    ),
  ).then((entries) => new Map(entries));
  known.set(server, made);
  return made;
}

/** Connects to a server with the tenant's credentials, wherever it runs. */
export function openSession(
  deps: GatewayDeps,
  { kind, ...place }: { scope: Scope; tenantId: string; server: string; kind: ServerRecord['kind'] },
): Promise<PooledSession> {
  return kind === 'builtin' ? openBuiltIn(deps, place) : openThirdParty(deps, place);
}

/** Connects to a built-in server inside this process, with the tenant's stored credentials. */
async function openBuiltIn(
  deps: GatewayDeps,
  place: { scope: Scope; tenantId: string; server: string },
): Promise<PooledSession> {
  const server = findServer(place.server);
  if (!server) throw new Error(`the registry knows ${place.server}, this release does not`);
  const credentials = await readCredentials(deps, place.tenantId, place.server);
  const baseUrl = deps.tools.baseUrls[place.server];
  const through = openConnections({
    guarded: server.api.hostOfTenant === true && !baseUrl && !deps.tools.allowPrivateHosts,
  });
  const source = storedCredentials(deps, place, credentials);
  const mcp = toMcpServer(server, { credentials: source, through, ...(baseUrl && { baseUrl }) });
  const client = new Client(clientInfo);
  const [here, there] = InMemoryTransport.createLinkedPair();
  await Promise.all([mcp.connect(there), client.connect(here)]);
  return {
    client,
    tools: await toolsOf(server),
    clean: redactor(secretsOf(server.credentials, credentials)),
    async close() {
      await client.close();
      await mcp.close();
      await through.close();
    },
  };
}
