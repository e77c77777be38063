import assert from 'node:assert/strict';
import { rollUpCalls } from '../../../../db/repos/integrations/call-rollups.ts';
import { listUsage, tenantsUsing, type UsageFilter } from '../../../../db/repos/integrations/usage.ts';
import { scope, testDatabase, type TestDatabase } from '../../../support/database.ts';
import { plantConnection, plantServer } from './tool-world.ts';

const from = new Date('2026-03-01T00:00:00Z');
const to = new Date('2026-05-01T00:00:00Z');
const middle = new Date('2026-04-01T00:00:00Z');
const ways = ['server', 'tool', 'tenant', 'day'] as const;

describe('[MCP-R3] sums of old tool calls', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let server: string;
  let tenantId: string;

  before(async () => {
    database = await testDatabase();
    ({ server } = await plantServer(database));
    ({ tenantId } = await plantConnection(database, server));
    const other = await plantConnection(database, server);
    // Sixty days with calls of two tenants and tools: short and very long ones, failed ones, some that never left.
    await database.owner(
      `insert into mcp_calls (id, tenant_id, server, tool, actor_type, actor_id, call_key, attempt, outcome, ms, bytes_in,
                              bytes_out, at)
       select 'cal_' || n, case when n % 3 = 0 then $1 else $2 end, $3, case when n % 2 = 0 then 'list' else 'charge' end,
              'user', 'usr_x', 'k' || n, 1,
              case when n % 11 = 0 then 'tool.not-allowed' when n % 7 = 0 then 'tool.timeout'
                   when n % 13 = 0 then 'approval.required' else 'ok' end,
              (n * 7919) % 1000 * (case when n % 50 = 0 then 60 else 1 end), 1, 1,
              timestamptz '2026-03-01T00:00:00Z' + n * interval '14 minutes'
       from generate_series(1, 6000) n`,
      [other.tenantId, tenantId, server],
    );
  });
  after(() => database.close());

  const usage = (filter: Partial<UsageFilter>, visibility: Parameters<typeof scope>[0] = 'platform') =>
    database.db.inScope(scope(visibility), (tx) => listUsage(tx, { by: 'server', from, to, ...filter }));
  const sumUp = (limit: number, before = middle) =>
    database.db.inScope(scope('platform'), (tx) => rollUpCalls(tx, { before, limit }));
  const everyWay = () =>
    Promise.all([
      ...ways.map((by) => usage({ by })),
      ...ways.map((by) => usage({ by, tool: 'list' }, { tenantId })),
    ]);
  type Row = Awaited<ReturnType<typeof usage>>[number];
  const counts = (row: Row) => [row.key, row.calls, row.refused, row.errors, row.lastAt.getTime()];
  const times = (row: Row) => [row.p50Ms ?? 0, row.p95Ms ?? 0];

  it('say the same as the calls: counts exactly, times to a twentieth, however often they are added to', async () => {
    const before = await everyWay();
    const lastCall = async () =>
      (
        await database.db.inScope(scope('platform'), (tx) =>
          tenantsUsing(tx, { server, cursor: undefined, limit: 5 }),
        )
      ).items.map(({ lastCallAt }) => lastCallAt?.toISOString());
    const called = await lastCall();
    let removed = 0;
    for (let part = 0; (part = await sumUp(700)) > 0;) {
      removed += part;
      const now = await everyWay();
      assert.deepEqual(now.flat().map(counts), before.flat().map(counts));
    }
    assert.ok(removed > 3_000, `${removed} calls`);
    const after = await everyWay();
    const exact = before.flat().map(times);
    for (const [index, row] of after.flat().entries()) {
      for (const [place, ms] of times(row).entries()) {
        const wanted = exact[index]?.[place] ?? 0;
        assert.ok(Math.abs(ms - wanted) <= wanted * 0.05 + 1, `${row.key}: ${ms} for ${wanted}`);
      }
    }
    assert.deepEqual(await lastCall(), called);
    const rest = await database.owner<{ n: number }>('select count(*)::int as n from mcp_calls');
    assert.equal(rest[0]?.n, 6_000 - removed);
  });

  it('are said to be sums where they are part of it', async () => {
    const days = await usage({ by: 'day' });
    const summed = days.filter((day) => day.summed).map(({ key }) => key);
    assert.equal(summed.length, 31);
    assert.ok(summed.every((key) => key < '2026-04-01'));
    assert.deepEqual(
      (await usage({ from: middle })).map((row) => row.summed),
      [false],
    );
  });

  it('stay right when a day is half summed, and when two workers sum at once', async () => {
    const before = (await everyWay()).flat().map(counts);
    const noon = new Date('2026-04-10T12:00:00Z');
    const parts = await Promise.all([1, 2, 3, 4].map(() => sumUp(300, noon)));
    assert.ok(parts.reduce((sum, part) => sum + part, 0) > 300);
    while ((await sumUp(300, noon)) > 0);
    assert.deepEqual((await everyWay()).flat().map(counts), before);
  });

  it('are seen by their tenant only', async () => {
    const [mine] = await usage({}, { tenantId });
    const [all] = await usage({});
    assert.ok(mine && all && mine.calls < all.calls);
    const foreign = await database.db.inScope(scope({ tenantId }), (tx) =>
      tx.sql('mcp_call_rollups').whereNot({ tenant_id: tenantId }).select('day'),
    );
    assert.deepEqual(foreign, []);
  });
});
