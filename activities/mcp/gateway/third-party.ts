import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  Client,
  fromJsonSchema,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client';
import { DEFAULT_INHERITED_ENV_VARS, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { NpmLaunch, RemoteLaunch } from '../../../db/domain/integrations/launch.ts';
import type { ServerRecord } from '../../../db/domain/integrations/servers.ts';
import { definitionHash } from '../../../db/domain/integrations/tools.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import type { Scope } from '../../../db/scope.ts';
import { argumentErrors } from './argument-errors.ts';
import type { GatewayDeps } from './deps.ts';
import type { Packages } from '../../ports.ts';
import type { Credentials } from '../kit/credentials.ts';
import { openConnections } from '../kit/network.ts';
import { redactor, secretsOf } from '../kit/redact.ts';
import type { PooledSession } from './pool.ts';
import { remoteFetch } from './remote-fetch.ts';
import { completeCredentials } from './stored-credentials.ts';

/** Milliseconds: a person waits while a third-party server starts and lists its tools. */
const openWithinMs = 20_000;

export const clientInfo = { name: 'bizosaas-gateway', version: '1.0.0' };

interface Way {
  transport: Transport;
  close(): Promise<void>;
}

/** The transport passes some environment variables of this process on unless they are overridden. */
const noneOfOurs = Object.fromEntries(DEFAULT_INHERITED_ENV_VARS.map((name) => [name, '']));

/** A package runs with an empty home folder and an environment of only its credential fields. */
async function startPackage(packages: Packages, launch: NpmLaunch, credentials: Credentials): Promise<Way> {
  const program = await packages.programOf(launch);
  const home = await mkdtemp(join(tmpdir(), 'bizosaas-mcp-'));
  const given = launch.environment.flatMap((key) =>
    credentials[key] ? [[key, credentials[key]] as const] : [],
  );
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, ...launch.args],
    cwd: home,
    env: {
      ...noneOfOurs,
      PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
      HOME: home,
      ...Object.fromEntries(given),
    },
    stderr: 'ignore',
  });
  return { transport, close: () => rm(home, { recursive: true, force: true }) };
}

function headersOf({ headers }: RemoteLaunch, credentials: Credentials): Record<string, string> {
  const filled = Object.entries(headers).flatMap(([header, key]) => {
    const value = credentials[key];
    return value ? [[header, header === 'authorization' ? `Bearer ${value}` : value] as const] : [];
  });
  return Object.fromEntries(filled);
}

/** A remote server is reached on public networks only, and redirects aren't followed. */
function reachRemote(launch: RemoteLaunch, credentials: Credentials, guarded: boolean): Way {
  const through = openConnections({ guarded });
  const transport = new StreamableHTTPClientTransport(new URL(launch.url), {
    fetch: remoteFetch(through),
    requestInit: { headers: headersOf(launch, credentials) },
  });
  return { transport, close: () => through.close() };
}

/** What reaching a third-party server needs. */
export type ThirdPartyDeps = Pick<GatewayDeps, 'packages' | 'tools'>;

/** Connects to a third-party server. Its tool definitions are fingerprinted and trusted for nothing else. */
export async function openLaunch(
  deps: ThirdPartyDeps,
  record: Pick<ServerRecord, 'name' | 'launch' | 'credentialFields'>,
  credentials: Credentials,
): Promise<PooledSession & { listed: Listed }> {
  const { launch } = record;
  if (!launch) throw new Error(`${record.name} says neither how it starts nor where it is`);
  const opened =
    'url' in launch
      ? reachRemote(launch, credentials, !deps.tools.allowPrivateHosts)
      : await startPackage(deps.packages, launch, credentials);
  const client = new Client(clientInfo);
  try {
    await client.connect(opened.transport, { timeout: openWithinMs });
    const { tools } = await client.listTools(undefined, { timeout: openWithinMs });
    return {
      client,
      listed: tools,
      tools: await fingerprints(tools),
      clean: redactor(secretsOf(record.credentialFields, credentials)),
      async close() {
        await client.close();
        await opened.close();
      },
    };
  } catch (error) {
    await client.close().catch(() => undefined);
    await opened.close();
    throw error;
  }
}

/** The same with the stored credentials of a tenant. */
export async function openThirdParty(
  deps: GatewayDeps,
  { scope, tenantId, server }: { scope: Scope; tenantId: string; server: string },
): Promise<PooledSession & { listed: Listed }> {
  const record = await deps.db.inScope(scope, (tx) => registry.getServer(tx, server));
  return openLaunch(deps, record, await completeCredentials(deps, tenantId, record));
}

export type Listed = Awaited<ReturnType<Client['listTools']>>['tools'];

/** A tool of a third-party server in the form that fingerprints cover. */
export function describeListed(tool: Listed[number]) {
  return {
    name: tool.name,
    title: tool.title ?? tool.annotations?.title ?? tool.name,
    description: tool.description ?? '',
    inputSchema: tool.inputSchema as Record<string, unknown>,
    outputSchema: (tool.outputSchema ?? null) as Record<string, unknown> | null,
    annotations: (tool.annotations ?? {}) as Record<string, unknown>,
  };
}

async function fingerprints(tools: Listed): Promise<PooledSession['tools']> {
  const entries = await Promise.all(
    tools.map(async (tool) => {
      const definition = describeListed(tool);
      const schema = fromJsonSchema({ ...definition.inputSchema, additionalProperties: false } as never);
      const check = async (args: unknown) => {
        const { issues } = await schema['~standard'].validate(args);
        if (!issues) return null;
        return argumentErrors(issues.map(({ message }) => message).join(', '), definition.inputSchema);
      };
      return [tool.name, { hash: await definitionHash(definition), check }] as const;
    }),
  );
  return new Map(entries);
}
