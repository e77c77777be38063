import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Client, InMemoryTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { findServer } from '../../activities/mcp/catalog.ts';
import { ownCredentials } from '../../activities/mcp/kit/credentials.ts';
import { toMcpServer } from '../../activities/mcp/kit/mcp-server.ts';
import { openConnections } from '../../activities/mcp/kit/network.ts';
import { serveOverHttp } from '../../activities/mcp/serve.ts';
import { syncRegistry } from '../../workers/sync-registry.ts';
import { plantTenant, testDatabase } from '../support/database.ts';
import { connectTenant, testGateway, testSecrets, toolCall } from '../support/tools.ts';
import type { Size } from './size.ts';
import { type Figure, median } from './table.ts';

const tool = 'stripe_get_balance';
const apiKey = 'rk_test_bench';
const sizes = {
  full: { rounds: 5, roundMs: 1_500, singles: 150 },
  small: { rounds: 1, roundMs: 50, singles: 2 },
} as const;
const callers = 16;
const tenants = 8;

type Call = (index: number) => Promise<unknown>;

async function callsPerSecond(call: Call, roundMs: number): Promise<number> {
  const startMs = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() - startMs < roundMs) {
        await call(caller);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - startMs) / 1_000);
}

async function medianMs(call: Call, singles: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < singles; i += 1) {
    const startMs = performance.now();
    await call(i);
    times.push(performance.now() - startMs);
  }
  return median(times);
}

/**
 * The gateway against a bare MCP client that calls the same server: as clients do, over Streamable HTTP, and without any
 * way between them, in one process.
 */
export async function measureGateway(size: Size): Promise<Figure[]> {
  const vendor = fork(new URL('vendor.mjs', import.meta.url), { execArgv: [] });
  const port = await new Promise<number>((resolve) =>
    vendor.once('message', (sent) => resolve(sent as number)),
  );
  const url = `http://127.0.0.1:${port}`;
  const stripe = findServer('stripe');
  if (!stripe) throw new Error('there is no stripe-mcp');
  const through = openConnections({ guarded: false });
  const serving = await serveOverHttp(
    stripe,
    { credentials: ownCredentials({ apiKey }), through, baseUrl: url },
    0,
  );
  const client = new Client({ name: 'bench', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(serving.url ?? '')));
  const bare: Call = () => client.callTool({ name: tool, arguments: {} });
  const nearClient = new Client({ name: 'bench', version: '1.0.0' });
  const nearServer = toMcpServer(stripe, { credentials: ownCredentials({ apiKey }), through, baseUrl: url });
  const [here, there] = InMemoryTransport.createLinkedPair();
  await Promise.all([nearServer.connect(there), nearClient.connect(here)]);
  const near: Call = () => nearClient.callTool({ name: tool, arguments: {} });

  const database = await testDatabase({ poolSize: callers });
  const secrets = testSecrets(database.db, randomBytes(32));
  await syncRegistry(database.db);
  const gateway = testGateway(database.db, secrets, { stripe: url });
  const ids: string[] = [];
  for (let i = 0; i < tenants; i += 1) {
    const { tenantId } = await plantTenant(database.db);
    await connectTenant({ db: database.db, secrets }, tenantId, 'stripe', { apiKey });
    ids.push(tenantId);
  }
  // The limit of calls per tenant is not what is measured.
  const full = setInterval(
    () => void database.db.inScope(platformScope, (tx) => tx.sql('mcp_admissions').update({ tokens: 60 })),
    200,
  );
  const actor = { type: 'workflow', id: 'bench' } as const;
  const gated: Call = (i) => gateway.call(toolCall(ids[i % tenants] ?? '', actor, tool));

  const overHttp = await compare(bare, gated, sizes[size]);
  const inProcess = await compare(near, gated, sizes[size]);
  clearInterval(full);
  vendor.disconnect();
  await client.close();
  await nearClient.close();
  await serving.close();
  await gateway.close();
  await through.close();
  await database.close();
  return [
    ...figures('over HTTP', overHttp),
    {
      what: 'the same against a client that shares the process with the server, without any way between them',
      measured: `${inProcess.ratio.toFixed(2)}, ${inProcess.addedMs.toFixed(1)} ms more`,
      bar: 'told only',
      met: true,
    },
  ];
}

interface Comparison {
  ratio: number;
  perSecond: number;
  addedMs: number;
}

async function compare(
  bare: Call,
  gated: Call,
  { rounds, roundMs, singles }: (typeof sizes)[Size],
): Promise<Comparison> {
  const addedMs = -(await medianMs(bare, singles)) + (await medianMs(gated, singles));
  const ratios: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const without = await callsPerSecond(bare, roundMs);
    const gatedRate = await callsPerSecond(gated, roundMs);
    ratios.push(gatedRate / without);
    rates.push(gatedRate);
  }
  return { ratio: median(ratios), perSecond: median(rates), addedMs };
}

function figures(where: string, { ratio, perSecond, addedMs }: Comparison): Figure[] {
  return [
    {
      what: `gateway calls/s (${perSecond.toFixed(0)}) against a bare MCP client ${where}`,
      measured: ratio.toFixed(2),
      bar: '≥ 0.70',
      met: ratio >= 0.7,
    },
    {
      what: `what the gateway adds to a call, p50, against a bare MCP client ${where}`,
      measured: `${addedMs.toFixed(1)} ms`,
      bar: '≤ 5 ms',
      met: addedMs <= 5,
    },
  ];
}

const platformScope = {
  visibility: 'platform',
  by: { actor: { type: 'system', id: 'bench' }, context: {} },
} as const;
