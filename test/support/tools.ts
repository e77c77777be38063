import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway, type Gateway, type ToolCall } from '../../activities/mcp/gateway/gateway.ts';
import { secretName } from '../../activities/mcp/gateway/stored-credentials.ts';
import type { Db } from '../../db/scope.ts';
import type { Actor } from '../../db/domain/actor.ts';
import { saveConnection } from '../../db/repos/integrations/connections.ts';
import { sealedSecrets } from '../../activities/adapters/sealed-secrets.ts';
import type { OauthClients, Packages, SecretStore } from '../../activities/ports.ts';
import { scope } from './database.ts';
import type { World } from './world.ts';

export interface StubVendor {
  url: string;
  requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];
  /** What it answers from now on. */
  answer(with_: (request: StubVendor['requests'][number], response: ServerResponse) => void): void;
  close(): Promise<void>;
}

export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A service that answers as a test says; for the mechanics around calls, not for what a vendor's contract is. */
export async function stubVendor(): Promise<StubVendor> {
  const requests: StubVendor['requests'] = [];
  let handler: Parameters<StubVendor['answer']>[0] = (_request, response) => json(response, 200, {});
  const http = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (part: Buffer) => (body += part.toString()));
    incoming.on('end', () => {
      const { method = 'GET', url = '/', headers } = incoming;
      const request = { method, path: url, headers, body };
      requests.push(request);
      handler(request, response);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests,
    answer: (with_) => void (handler = with_),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

/** Connects a tenant to a server, as the connect flow ends. */
export async function connectTenant(
  { db, secrets }: { db: Db; secrets: SecretStore },
  tenantId: string,
  server: string,
  credentials: Record<string, string>,
): Promise<void> {
  const { version } = await secrets.put(tenantId, secretName(server), JSON.stringify(credentials));
  await db.inScope(scope({ tenantId }), (tx) =>
    saveConnection(tx, { server, accountLabel: 'Test account', credentialVersion: version }),
  );
}

export function testSecrets(db: Db, masterKey: Buffer): SecretStore {
  return sealedSecrets(db, masterKey, (tenantId) => ({
    visibility: { tenantId },
    by: { actor: { type: 'system', id: 'secrets' }, context: {} },
  }));
}

let calls = 0;

/** A call by one actor, with sensible rest. */
export function toolCall(
  tenantId: string,
  actor: Actor,
  tool: string,
  args: Record<string, unknown> = {},
  rest: Partial<ToolCall> = {},
): ToolCall {
  return {
    scope: { visibility: { tenantId }, by: { actor, context: {} } },
    tenantId,
    actor,
    server: tool.split('_')[0] ?? '',
    tool,
    arguments: args,
    key: `test-call-${(calls += 1)}`,
    attempt: 1,
    signal: new AbortController().signal,
    ...rest,
  };
}

/** The platform is registered nowhere. */
const noClients: OauthClients = { find: async () => null, save: async () => undefined };

/** For gateways that only reach our own servers. */
const noPackages: Packages = {
  pin: () => Promise.reject(new Error('no package is fetched here')),
  programOf: () => Promise.reject(new Error('no package is run here')),
};

export function testGateway(db: Db, secrets: SecretStore, baseUrls: Record<string, string>): Gateway {
  return createGateway({
    db,
    secrets,
    oauthClients: noClients,
    packages: noPackages,
    tools: { baseUrls, allowPrivateHosts: true },
  });
}

/** Has every call to a server's vendor go to `url`. */
export function standIn(world: World, server: string, url: string): void {
  (world.config.tools.baseUrls as Record<string, string>)[server] = url;
}
