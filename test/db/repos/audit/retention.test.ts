import assert from 'node:assert/strict';
import type { Tx } from '../../../../db/scope.ts';
import {
  keptForGood,
  nextQuietMs,
  type RetentionKey,
  retentionRules,
} from '../../../../db/domain/audit/retention.ts';
import { finishPurgeRun, listPurgeRuns, noteRemoved } from '../../../../db/repos/audit/purge-runs.ts';
import { requestApproval } from '../../../../db/repos/approvals/approvals.ts';
import { applyRule } from '../../../../db/repos/audit/retention.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../../support/database.ts';
import { plantConnection, plantServer } from '../integrations/tool-world.ts';

const cutoff = new Date('2026-06-01T00:00:00Z');
const old = '2026-05-01T12:00:00Z';
const young = '2026-06-01T00:00:00Z';

describe('[MCP-R3] [SEC-7] old records', () => {
  let database: TestDatabase;
  let tenantId: string;
  let server: string;

  before(async () => {
    database = await testDatabase();
    ({ server } = await plantServer(database));
    ({ tenantId } = await plantConnection(database, server));
  });
  after(() => database.close());

  const asPlatform = <T>(work: (tx: Tx) => Promise<T>) => database.db.inScope(scope('platform'), work);
  const followed = (key: RetentionKey, limit = 100) =>
    asPlatform((tx) => applyRule(tx, key, { before: cutoff, limit }));
  const names = async (table: string, column: string) =>
    (await database.owner<{ name: string }>(`select ${column} as name from ${table} order by 1`)).map(
      ({ name }) => name,
    );

  it('are thought of for every table: under a rule, or kept for a reason', async () => {
    const tables = await database.owner<{ name: string }>(
      `select case schemaname when 'public' then tablename else schemaname || '.' || tablename end as name
       from pg_tables where schemaname in ('public', 'auth')`,
    );
    const ruled = new Set<string>(retentionRules.map(({ table }) => table));
    const known = (name: string) => ruled.has(name) !== name in keptForGood;
    const unclear = tables.filter(({ name }) => !known(name)).map(({ name }) => name);
    assert.deepEqual(unclear, [], 'say in db/domain/retention.ts how long their rows stay');
    const there = new Set(tables.map(({ name }) => name));
    assert.deepEqual(
      [...ruled, ...Object.keys(keptForGood)].filter((name) => !there.has(name)),
      [],
    );
    assert.ok(['events', 'event_heads'].every((name) => !ruled.has(name)));
  });

  it('wait for the night, and never for longer than a day', () => {
    const at = (time: string) => new Date(nextQuietMs(Date.parse(time))).toISOString();
    assert.equal(at('2026-05-01T02:59:59.999Z'), '2026-05-01T03:00:00.000Z');
    assert.equal(at('2026-05-01T03:00:00Z'), '2026-05-02T03:00:00.000Z');
    assert.equal(at('2026-12-31T23:00:00Z'), '2027-01-01T03:00:00.000Z');
  });

  it('go in parts of the size that is asked for, and the young ones stay', async () => {
    await database.owner(
      `insert into mcp_webhook_deliveries (tenant_id, server, delivery_id, event_type, received_at)
       select $1, $2, 'old' || n, 'charge', $3::timestamptz from generate_series(1, 5) n
       union all select $1, $2, 'young', 'charge', $4::timestamptz`,
      [tenantId, server, old, young],
    );
    assert.deepEqual(
      [await followed('deliveries', 2), await followed('deliveries', 2), await followed('deliveries', 2)],
      [2, 2, 1],
    );
    assert.deepEqual(await names('mcp_webhook_deliveries', 'delivery_id'), ['young']);
  });

  it('never wait: a locked row is left for another night', async () => {
    await database.owner(`insert into mcp_probes (server, at, ok, ms) values ($1, $2, true, 1)`, [
      server,
      old,
    ]);
    await asPlatform(async (tx) => {
      await tx.sql.raw('select 1 from mcp_probes for update');
      assert.equal(await followed('probes'), 0);
    });
    assert.equal(await followed('probes'), 1);
  });

  it('of secrets removes unused and replaced ones and keeps those in use', async () => {
    const put = (name: string, version: number, at: string) =>
      database.owner(
        `insert into secrets (tenant_id, name, version, key_id, sealed, created_at) values ($1, $2, $3, 'k', 'x', $4)`,
        [tenantId, name, version, at],
      );
    await database.owner('delete from secrets');
    for (const version of [1, 2, 3]) await put('mcp/stripe', version, old);
    await put('mcp/xero', 1, old);
    await put('waiting/gone', 1, old);
    await put('waiting/now', 1, young);
    assert.equal(await followed('waitingSecrets'), 1);
    assert.equal(await followed('replacedSecrets'), 2);
    const rows = await database.owner<{ name: string; version: number }>(
      'select name, version from secrets order by name',
    );
    assert.deepEqual(
      rows.map(({ name, version }) => `${name} ${version}`),
      ['mcp/stripe 3', 'mcp/xero 1', 'waiting/now 1'],
    );
    const events = await database.owner<{ tenant_id: string }>(
      `select tenant_id from events where action = 'secret.removed' and target_id = 'waiting/gone'`,
    );
    assert.deepEqual(events, [{ tenant_id: tenantId }]);
  });

  it('of mails are all but those that would be sent once more', async () => {
    const { tenantId: lost } = await plantConnection(database, server);
    const [connection] = await database.owner<{ id: string }>(
      `update mcp_connections set status = 'needsReconnect' where tenant_id = $1 returning id`,
      [lost],
    );
    const key = `connection-lost/${connection?.id}/1/usr_x`;
    await database.owner('delete from mails');
    for (const [id, its] of [
      ['mal_1', 'welcome'],
      ['mal_2', key],
    ] as const) {
      await database.owner(
        `insert into mails (id, tenant_id, key, template, message_id, status, created_at)
         values ($1, $2, $3, 'welcome', $1, 'sent', $4)`,
        [id, lost, its, old],
      );
    }
    assert.equal(await followed('mails'), 1);
    assert.deepEqual(await names('mails', 'id'), ['mal_2']);
    await database.owner(`update mcp_connections set status = 'connected' where tenant_id = $1`, [lost]);
    assert.equal(await followed('mails'), 1);
  });

  it('of runs removes ended ones, but no tenant’s onboarding', async () => {
    for (const [id, process, closed] of [
      ['ended', 'call-tool', old],
      ['open', 'call-tool', null],
      ['onboarding', 'onboard-tenant', old],
      ['late', 'call-tool', young],
    ]) {
      await database.owner(
        `insert into runs (tenant_id, run_id, workflow_id, process, subject, state, needs_attention, attempts, started_at,
                           changed_at, closed_at) values ($1, $2, $2, $3, 'x', 'done', false, 1, $4, $4, $5)`,
        [tenantId, id, process, old, closed],
      );
      await database.owner(
        `insert into run_steps (tenant_id, run_id, position, step, state, since, attempts) values ($1, $2, 0, 's', 'done', $3, 1)`,
        [tenantId, id, old],
      );
    }
    assert.equal(await followed('runs'), 1);
    assert.deepEqual(await names('runs', 'run_id'), ['late', 'onboarding', 'open']);
    assert.deepEqual(await names('run_steps', 'run_id'), ['late', 'onboarding', 'open']);
  });

  it('of tool versions removes those that are neither approved nor current', async () => {
    const version = (hash: string, approved: string | null, seen = old) =>
      database.owner(
        `insert into mcp_tool_versions (server, tool, hash, definition, server_version, first_seen_at, approved_at)
         values ($1, 'list', $2, '{}', '1', $3, $4)`,
        [server, hash, seen, approved],
      );
    await version('hash', null);
    await version('approved', old);
    await version('dropped', null);
    await version('fresh', null, young);
    assert.equal(await followed('toolVersions'), 1);
    assert.deepEqual(await names('mcp_tool_versions', 'hash'), ['approved', 'fresh', 'hash']);
  });

  it('of people are what they can no longer use: sessions, links, codes, ways back, invitations', async () => {
    const { tenantId: own, userId } = await plantTenant(database.db);
    for (const [name, at] of [
      ['old', old],
      ['young', young],
    ] as const) {
      await database.owner(
        `insert into auth.sessions (id, expires_at, token_hash, user_id) values ($1, $2, $1, $3)`,
        [name, at, userId],
      );
      await database.owner(`insert into auth.provider_states (state_hash, expires_at) values ($1, $2)`, [
        name,
        at,
      ]);
      await database.owner(`insert into auth.password_resets (id, expires_at) values ($1, $2)`, [name, at]);
      await database.owner(
        `insert into verification_tokens (id, tenant_id, user_id, token_hash, expires_at) values ($1, $2, $3, $1, $4)`,
        [name, own, userId, at],
      );
      await database.owner(
        `insert into mcp_oauth_states (tenant_id, state_hash, server, user_id, key_id, sealed, expires_at)
         values ($1, $2, $3, $4, 'k', 'x', $5)`,
        [own, name, server, userId, at],
      );
      for (const status of ['expired', 'pending']) {
        await database.owner(
          `insert into invitations (id, tenant_id, email, name, role, status, invited_by, expires_at)
           values ($1, $2, $1 || '@example.com', 'I', 'member', $3, 'usr_x', $4)`,
          [`${name}-${status}`, own, status, at],
        );
      }
    }
    for (const key of [
      'sessions',
      'passwordResets',
      'providerStates',
      'links',
      'oauthStates',
      'invitations',
    ] as const) {
      assert.equal(await followed(key), 1, key);
    }
    assert.deepEqual(await names('auth.sessions', 'id'), ['young']);
    assert.deepEqual(await names('invitations', 'id'), ['old-pending', 'young-expired', 'young-pending']);
  });

  it('of approvals expire with their event, in the chain of their tenant, before they go', async () => {
    await database.owner('delete from approvals');
    const tenants = [await plantTenant(database.db), await plantTenant(database.db)];
    const ask = (visibility: string, tool: string) =>
      database.db.inScope(scope({ tenantId: visibility }), (tx) =>
        requestApproval(tx, { server, tool, argumentsHash: 'h', summary: {}, risk: 'money' }),
      );
    for (const tenant of tenants) {
      await ask(tenant.tenantId, 'charge');
      const approved = await ask(tenant.tenantId, 'pay');
      await database.owner(`update approvals set status = 'approved' where id = $1`, [approved.id]);
    }
    const inTime = await ask(tenants[0]?.tenantId ?? '', 'wait');
    await database.owner(`update approvals set expires_at = $1 where tool <> 'wait'`, [old]);
    assert.equal(await followed('endedApprovals'), 0, 'what is open is no ended one');
    assert.deepEqual([await followed('approvals', 3), await followed('approvals', 3)], [3, 1]);
    assert.equal(await followed('approvals'), 0);
    const events = await database.owner<{ tenant_id: string; n: number }>(
      `select tenant_id, count(*)::int as n from events where action = 'approval.expired' group by 1 order by 1`,
    );
    assert.deepEqual(
      events,
      tenants
        .map(({ tenantId: id }) => ({ tenant_id: id, n: 2 }))
        .sort((a, b) => (a.tenant_id < b.tenant_id ? -1 : 1)),
    );
    assert.equal(await followed('endedApprovals'), 4);
    assert.deepEqual(await names('approvals', 'id'), [inTime.id]);
  });

  it('are counted with the round that removed them, and the round leaves one event', async () => {
    await asPlatform((tx) => noteRemoved(tx, 'run/1', 'probes', 0));
    await asPlatform((tx) => noteRemoved(tx, 'run/1', 'mails', 500));
    await asPlatform((tx) => noteRemoved(tx, 'run/1', 'mails', 20));
    await assert.rejects(
      asPlatform(async (tx) => {
        await noteRemoved(tx, 'run/1', 'mails', 7);
        throw new Error('killed before the commit');
      }),
    );
    for (const _again of [1, 2]) {
      assert.deepEqual(await asPlatform((tx) => finishPurgeRun(tx, 'run/1', ['calls'])), {
        probes: 0,
        mails: 520,
      });
    }
    const events = await database.owner<{ body: { data: unknown; outcome: string } }>(
      `select body from events where action = 'records.purged'`,
    );
    assert.deepEqual(
      events.map(({ body }) => [body.data, body.outcome]),
      [[{ mails: 520, failed: 'calls' }, 'failure']],
    );
    const [round] = await asPlatform((tx) => listPurgeRuns(tx, 5));
    assert.deepEqual([round?.key, round?.failed, round?.endedAt instanceof Date], ['run/1', ['calls'], true]);
  });
});
