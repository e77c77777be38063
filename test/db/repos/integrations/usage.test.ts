import assert from 'node:assert/strict';
import type { Tx } from '../../../../db/scope.ts';
import { healthOf, listHealth, recordProbe, staleAfterMs } from '../../../../db/repos/integrations/probes.ts';
import {
  listAdoption,
  listUsage,
  tenantsUsing,
  type UsageFilter,
} from '../../../../db/repos/integrations/usage.ts';
import { scope, testDatabase, type TestDatabase } from '../../../support/database.ts';
import { plantConnection, plantServer } from './tool-world.ts';

const from = new Date('2026-03-01T00:00:00Z');
const to = new Date('2026-04-01T00:00:00Z');

describe('[MCP-R3] the use of servers', () => {
  let database: TestDatabase;
  let servers: string[];
  let tenants: { tenantId: string; name: string }[];
  before(async () => {
    database = await testDatabase();
    servers = [(await plantServer(database)).server, (await plantServer(database)).server];
    tenants = [];
    for (const server of [...servers, servers[0] ?? ''])
      tenants.push(await plantConnection(database, server));
    const [first, second] = tenants.map(({ tenantId }) => tenantId);
    // A hundred good calls of 1 to 100 ms, then what went wrong.
    await database.owner(
      `insert into mcp_calls (id, tenant_id, server, tool, actor_type, actor_id, call_key, attempt, outcome, ms, bytes_in,
                              bytes_out, at)
       select 'cal_' || n, $1, $2, 'list', 'user', 'usr_x', 'k' || n, 1, 'ok', n, 1, 1,
              timestamptz '2026-03-10T23:30:00Z' from generate_series(1, 100) n`,
      [first, servers[0]],
    );
    const wrong: readonly [string | undefined, string, string, string][] = [
      [first, 'charge', 'tool.vendor-failed', '2026-03-11T10:00:00Z'],
      [first, 'charge', 'tool.not-allowed', '2026-03-11T11:00:00Z'],
      [first, 'charge', 'approval.required', '2026-03-11T12:00:00Z'],
      [second, 'charge', 'tool.timeout', '2026-03-12T10:00:00Z'],
      [first, 'charge', 'ok', '2026-04-01T00:00:00Z'],
      [first, 'charge', 'ok', '2026-02-28T23:59:59Z'],
    ];
    for (const [index, [tenant, tool, outcome, at]] of wrong.entries()) {
      await database.owner(
        `insert into mcp_calls values ($1, $2, $3, $4, 'user', 'usr_x', null, 'k', 1, $5, null, 1000, 1, 1, $6)`,
        [`cal_w${index}`, tenant, servers[tenant === first ? 0 : 1], tool, outcome, at],
      );
    }
  });
  after(() => database.close());

  const usage = (filter: Partial<UsageFilter>, visibility: Parameters<typeof scope>[0] = 'platform') =>
    database.db.inScope(scope(visibility), (tx) => listUsage(tx, { by: 'server', from, to, ...filter }));
  const counts = (rows: Awaited<ReturnType<typeof usage>>) =>
    rows.map(({ key, calls, refused, errors }) => [key, calls, refused, errors]);

  it('is counted by server, tool, tenant and day', async () => {
    const [a, b] = servers;
    const [first, second] = tenants;
    assert.deepEqual(counts(await usage({})), [
      [a, 102, 1, 1],
      [b, 1, 0, 1],
    ]);
    assert.deepEqual(counts(await usage({ by: 'tool', server: a })), [
      [`${a}/list`, 100, 0, 0],
      // A request for approval is neither a call nor blocked.
      [`${a}/charge`, 2, 1, 1],
    ]);
    const byTenant = await usage({ by: 'tenant' });
    assert.deepEqual(counts(byTenant), [
      [first?.tenantId, 102, 1, 1],
      [second?.tenantId, 1, 0, 1],
    ]);
    assert.deepEqual(
      byTenant.map(({ title }) => title),
      [first?.name, second?.name],
    );
    assert.deepEqual(counts(await usage({ by: 'day' })), [
      ['2026-03-10', 100, 0, 0],
      ['2026-03-11', 2, 1, 1],
      ['2026-03-12', 1, 0, 1],
    ]);
  });

  it('is counted by the days of a place, and for one tool or tenant', async () => {
    assert.deepEqual(counts(await usage({ by: 'day', timezone: 'Europe/Madrid', tool: 'list' })), [
      ['2026-03-11', 100, 0, 0],
    ]);
    const second = tenants[1]?.tenantId;
    assert.deepEqual(counts(await usage({ tenantId: second })), [[servers[1], 1, 0, 1]]);
    assert.equal((await usage({ by: 'day', limit: 2 })).length, 2);
  });

  it('tells how long calls took that reached the server, and when the last one was', async () => {
    const [row] = await usage({ by: 'tool', tool: 'list' });
    assert.deepEqual([row?.p50Ms, row?.p95Ms], [50, 95]);
    assert.equal(row?.lastAt.toISOString(), '2026-03-10T23:30:00.000Z');
    const [refused] = await usage({
      by: 'tool',
      tool: 'charge',
      from: new Date('2026-03-11T10:30:00Z'),
      server: servers[0],
    });
    assert.deepEqual([refused?.calls, refused?.p50Ms], [1, null]);
  });

  it('shows a tenant its own calls only', async () => {
    const { tenantId } = tenants[1] as { tenantId: string };
    assert.deepEqual(counts(await usage({}, { tenantId })), [[servers[1], 1, 0, 1]]);
    assert.deepEqual(await usage({}, { tenantId: tenants[2]?.tenantId ?? '' }), []);
  });

  it('is told by the tenants that are connected, server by server', async () => {
    const atPlatform = <T>(work: (tx: Tx) => Promise<T>) => database.db.inScope(scope('platform'), work);
    await database.owner(
      `update mcp_connections set connected_at = now() - interval '40 days' where tenant_id = $1`,
      [tenants[0]?.tenantId],
    );
    const adoption = await atPlatform(listAdoption);
    assert.deepEqual(
      adoption.map(({ server, connected, connectedLately }) => [server, connected, connectedLately]),
      [
        [servers[0], 2, 1],
        [servers[1], 1, 1],
      ],
    );
    const page = (cursor?: string) =>
      atPlatform((tx) => tenantsUsing(tx, { server: servers[0] ?? '', limit: 1, cursor }));
    const first = await page();
    const second = await page(first.nextCursor ?? '');
    assert.deepEqual(
      [...first.items, ...second.items].map(({ tenantName }) => tenantName),
      [tenants[2]?.name, tenants[0]?.name],
    );
    assert.equal(first.items[0]?.lastCallAt, null);
    assert.equal(second.items[0]?.lastCallAt?.toISOString(), '2026-04-01T00:00:00.000Z');
  });
});

describe('[MCP-R6] the health of a server', () => {
  let database: TestDatabase;
  let server: string;
  before(async () => {
    database = await testDatabase();
  });
  beforeEach(async () => {
    ({ server } = await plantServer(database));
  });
  after(() => database.close());

  const atPlatform = <T>(work: (tx: Tx) => Promise<T>) => database.db.inScope(scope('platform'), work);
  const probe = (ok: boolean, ms = 10) =>
    atPlatform((tx) => recordProbe(tx, { server, ok, ms, errorCode: ok ? null : 'tool.vendor-unavailable' }));
  const health = () => atPlatform((tx) => healthOf(tx, server));
  const age = (interval: string) =>
    database.owner('update mcp_probes set at = at - $2::interval where server = $1', [server, interval]);

  it('is unknown before the first probe, and there is none of an unknown one', async () => {
    const none = { uptime24h: null, uptime30d: null, p95Ms: null, probedAt: null, lastError: null };
    assert.deepEqual(await health(), { server, status: 'unknown', ...none });
    assert.equal(await atPlatform((tx) => healthOf(tx, 'nowhere')), null);
  });

  it('follows the newest probe, and remembers the last error', async () => {
    await probe(false, 9_000);
    const down = await health();
    assert.deepEqual([down?.status, down?.lastError?.code], ['down', 'tool.vendor-unavailable']);
    await probe(true);
    assert.deepEqual([(await health())?.status, (await health())?.uptime24h], ['up', 0.5]);
    assert.ok((await health())?.lastError);
    await age(`${staleAfterMs + 1_000} milliseconds`);
    assert.equal((await health())?.status, 'unknown');
  });

  it('counts a day, a month and the time of answers each for itself', async () => {
    for (const ok of [false, false, false]) await probe(ok, 9_000);
    await age('3 days');
    for (let ms = 1; ms <= 20; ms += 1) await probe(true, ms * 10);
    await probe(false, 9_000);
    const now = await health();
    assert.deepEqual([now?.uptime24h, now?.uptime30d, now?.p95Ms], [20 / 21, 20 / 24, 190]);
  });

  it('is listed for every server that is offered, to tenants too', async () => {
    const { tenantId } = await plantConnection(database, server);
    await probe(true);
    const listed = await database.db.inScope(scope({ tenantId }), (tx) => listHealth(tx));
    assert.equal(listed.find((one) => one.server === server)?.status, 'up');
    await database.owner(`update mcp_servers set status = 'removed' where name = $1`, [server]);
    assert.equal(await health(), null);
  });
});
