import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { problemByStatus } from '../../../../activities/mcp/kit/answers.ts';
import { type Auth, signBearer } from '../../../../activities/mcp/kit/auth.ts';
import { type Credentials, ownCredentials } from '../../../../activities/mcp/kit/credentials.ts';
import { openConnections } from '../../../../activities/mcp/kit/network.ts';
import { createSender } from '../../../../activities/mcp/kit/sender.ts';
import { defineManifest, type Manifest } from '../../../../activities/mcp/kit/server.ts';
import { openSession } from '../../../../activities/mcp/kit/session.ts';

/** What becomes of a request: a status with headers, or a connection that breaks. */
export type Fate =
  { status: number; headers?: Record<string, string>; body?: unknown; afterMs?: number } | 'drop';

export interface Seen {
  method: string;
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

export const oauth: Auth = {
  kind: 'oauth2',
  sign: signBearer(),
  authorizeUrl: 'https://vendor.example/authorize',
  scopes: [],
  tokenUrl: 'https://vendor.example/token',
  clientAuth: 'body',
  refresh: 'rotates',
};

/** A vendor that does what it is told, and a sender that asks it. For the kit alone: servers have contracts. */
export async function fakeVendor() {
  const seen: Seen[] = [];
  const fates: Fate[] = [];
  const http = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (part: Buffer) => (body += part.toString()));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      seen.push({ method, url, headers, body });
      const fate = fates.shift() ?? { status: 200, body: {} };
      if (fate === 'drop') return void incoming.socket.destroy();
      setTimeout(() => {
        response.writeHead(fate.status, { 'content-type': 'application/json', ...fate.headers });
        response.end(JSON.stringify(fate.body ?? {}));
      }, fate.afterMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const through = openConnections({ guarded: false });

  return {
    seen,
    /** What becomes of the next requests; then all is well. */
    fate: (...next: Fate[]) => void fates.push(...next),
    forget() {
      seen.length = 0;
      fates.length = 0;
    },
    async sender(options: {
      manifest?: Partial<Manifest>;
      credentials?: Credentials;
      save?: (credentials: Credentials) => Promise<void>;
      patienceMs?: number;
      key?: string;
      baseUrl?: string;
      answersWithinMs?: number;
    }) {
      const manifest = defineManifest({
        ...{ name: 'fake', title: 'Fake', summary: 'A vendor.', category: 'search', priority: 'special' },
        ...{ version: '1.0.0', docsUrl: 'https://vendor.example', webhook: null },
        credentials: [{ key: 'apiKey', label: 'Key', secret: true }],
        auth: { kind: 'key', sign: signBearer('apiKey') },
        api: { baseUrl: 'https://vendor.example/v1', problemOf: problemByStatus },
        probe: { tool: 'fake_probe', arguments: {} },
        ...options.manifest,
      });
      const credentials = ownCredentials(options.credentials ?? { apiKey: 'key-123456' }, options.save);
      const connection = { credentials, through, baseUrl: options.baseUrl ?? url };
      const signal = new AbortController().signal;
      const session = await openSession(manifest, connection, signal);
      const { key = 'call', patienceMs = 2_000, answersWithinMs } = options;
      const limits = answersWithinMs === undefined ? {} : { answersWithinMs };
      return createSender(manifest, connection, session, { key, signal, patienceMs, ...limits });
    },
    async close() {
      await through.close();
      http.close();
      http.closeAllConnections();
    },
  };
}
