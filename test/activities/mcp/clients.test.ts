import assert from 'node:assert/strict';
import { request } from 'node:http';
import { findServer, servers } from '../../../activities/mcp/catalog.ts';
import { ownCredentials } from '../../../activities/mcp/kit/credentials.ts';
import { definitionOf } from '../../../activities/mcp/kit/describe.ts';
import { meta } from '../../../activities/mcp/kit/mcp-server.ts';
import { openConnections } from '../../../activities/mcp/kit/network.ts';
import type { ServerDefinition } from '../../../activities/mcp/kit/server.ts';
import { serveOverHttp } from '../../../activities/mcp/serve.ts';
import { clientKinds, openClient, revisionOf } from './clients/any-client.ts';
import { contractOf } from './contracts/index.ts';
import { invalid } from './upstream/scripts.ts';
import { strictUpstream, type Upstream } from './upstream/server.ts';

/** A server over HTTP with its vendor's stand-in. */
interface Served {
  url: string;
  upstream: Upstream;
  close(): Promise<void>;
}

async function serve(server: ServerDefinition): Promise<Served> {
  const contract = await contractOf(server.name);
  const upstream = await strictUpstream(contract);
  const through = openConnections({ guarded: false });
  const serving = await serveOverHttp(
    server,
    { credentials: ownCredentials(contract.credentials), through, baseUrl: upstream.url },
    0,
  );
  return {
    url: serving.url!,
    upstream,
    async close() {
      await serving.close();
      await through.close();
      await upstream.close();
    },
  };
}

/** An MCP request by hand, at a path as it is; answers the status. */
function knock(address: string, headers: Record<string, string>, path?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const accept = 'application/json, text/event-stream';
    const asking = request(address, {
      method: 'POST',
      ...(path && { path }),
      headers: { accept, 'content-type': 'application/json', ...headers },
    });
    asking.once('error', reject);
    asking.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asking.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }));
  });
}

/** Of the features that are servers; ZipWP and 10Web belong to one. */
const ids = Array.from({ length: 26 }, (_, i) => `[MCP-${String(i + 1).padStart(2, '0')}]`).join(' ');

describe(`${ids} any MCP client can use our servers`, () => {
  for (const server of servers) {
    describe(`${server.name}-mcp`, () => {
      let on: Served;
      before(async () => {
        on = await serve(server);
      });
      after(() => on.close());
      beforeEach(() => on.upstream.forget());
      afterEach(() => assert.deepEqual(on.upstream.violations(), []));

      for (const kind of clientKinds) {
        it(`a client ${kind} finds its tools and works with them`, async () => {
          const client = await openClient(kind, on);
          try {
            assert.equal(client.revision, revisionOf[kind]);
            assert.equal(client.server?.name, `${server.name}-mcp`);
            assert.equal(client.server?.version, server.version);
            const listed = await client.tools();
            for (const [i, tool] of server.tools.entries()) {
              const { name, title, annotations, risk, inputSchema, outputSchema } = definitionOf(tool);
              const got = listed[i];
              assert.deepEqual([got?.name, got?.title, got?.annotations], [name, title, annotations]);
              assert.equal(got?._meta?.[meta.risk], risk);
              assert.deepEqual(got?.inputSchema, inputSchema, name);
              assert.deepEqual(got?.outputSchema, outputSchema, name);
            }
            assert.equal(listed.length, server.tools.length);

            const { tool: probe, arguments: args } = server.probe;
            const done = await client.call(probe, args);
            assert.ok(!done.isError, JSON.stringify(done.content));
            assert.deepEqual(JSON.parse(done.content[0]?.text ?? ''), done.structuredContent);
            assert.ok(on.upstream.requests().length > 0);

            on.upstream.forget();
            on.upstream.next(invalid('some_field', 'is not what we take'));
            const refused = await client.call(probe, args, { [meta.patienceMs]: 0 });
            assert.equal(refused.isError, true);
            const error = refused._meta?.[meta.error] as Record<string, unknown>;
            assert.deepEqual(JSON.parse(refused.content[0]?.text ?? ''), error);
            assert.deepEqual([error['server'], error['retryable']], [server.name, false]);
            assert.ok(typeof error['kind'] === 'string' && typeof error['http'] === 'number');

            on.upstream.forget();
            await assert.rejects(client.call('no_such_tool', {}), /no_such_tool/);
            const strange = await client.call(probe, { ...args, no_such_field: 1 });
            assert.equal(strange.isError, true);
            assert.match(strange.content[0]?.text ?? '', /no_such_field/);
            assert.deepEqual(on.upstream.requests(), []);
          } finally {
            await client.close();
          }
        });
      }
    });
  }

  describe('over HTTP', () => {
    const server = findServer('stripe')!;
    let on: Served;
    before(async () => {
      on = await serve(server);
    });
    after(() => on.close());
    beforeEach(() => on.upstream.forget());

    it('serves clients of every kind at once, each its own answers', async () => {
      const clients = await Promise.all([...clientKinds, ...clientKinds].map((kind) => openClient(kind, on)));
      const answers = await Promise.all(
        clients.flatMap((client, i) =>
          Array.from({ length: 5 }, async (_, j) => {
            const email = `person-${i}-${j}@example.com`;
            const made = await client.call('stripe_create_customer', { name: 'A Person', email });
            return [email, made.isError ?? false];
          }),
        ),
      );
      assert.deepEqual(
        answers.filter(([, failed]) => failed),
        [],
      );
      const asked = on.upstream.requests().map(({ body }) => (body as { email: string }).email);
      assert.deepEqual(asked.sort(), answers.map(([email]) => email).sort());
      await Promise.all(clients.map((client) => client.close()));
    });

    it('answers names of this machine only', async () => {
      const port = new URL(on.url).port;
      assert.equal(await knock(on.url, { host: 'evil.example' }), 403);
      assert.equal(await knock(on.url, { host: `evil.example:${port}` }), 403);
      assert.equal(await knock(on.url, { host: `localhost.evil.example:${port}` }), 403);
      assert.equal(await knock(on.url, { origin: 'https://evil.example' }), 403);
      assert.equal(await knock(on.url, { origin: 'null' }), 403);
      assert.equal(await knock(on.url, { host: `localhost:${port}` }), 200);
      assert.equal(await knock(on.url, { origin: `http://localhost:${port}` }), 200);
    });

    it('is nowhere but at its own path', async () => {
      for (const path of [
        '/',
        '/mcp/',
        '/mcp/x',
        '/sse',
        '/.well-known/oauth-protected-resource',
        '//',
        '/%',
      ]) {
        assert.equal(await knock(on.url, {}, path), 404, path);
      }
      assert.equal(await knock(`${on.url}?session=1`, {}), 200);
    });
  });
});
