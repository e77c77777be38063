import assert from 'node:assert/strict';
import type { Tx } from '../../../../db/scope.ts';
import * as connections from '../../../../db/repos/integrations/connections.ts';
import { markDisconnected } from '../../../../db/repos/integrations/connection-health.ts';
import {
  acquireRenewalLease,
  bumpCredentials,
  releaseRenewalLease,
} from '../../../../db/repos/integrations/credential-renewal.ts';
import { takeDelivery } from '../../../../db/repos/integrations/webhook-deliveries.ts';
import * as grants from '../../../../db/repos/integrations/grants.ts';
import * as oauth from '../../../../db/repos/integrations/oauth.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../../support/database.ts';
import { plantConnection, plantServer } from './tool-world.ts';
import { hourMs } from '../../../../db/domain/time.ts';

describe('[MCP-G] a connection of a tenant', () => {
  let database: TestDatabase;
  let server: string;
  let tenantId: string;
  before(async () => {
    database = await testDatabase({ poolSize: 20 });
  });
  beforeEach(async () => {
    ({ server } = await plantServer(database));
    ({ tenantId } = await plantConnection(database, server));
  });
  after(() => database.close());

  const within = <T>(work: (tx: Tx) => Promise<T>) => database.db.inScope(scope({ tenantId }), work);
  const find = () => within((tx) => connections.findConnection(tx, server));
  const events = async () =>
    (
      await database.owner<{ action: string }>(
        `select action from events where tenant_id = $1 and action !~ '^(tenant|user|membership)' order by seq`,
        [tenantId],
      )
    ).map(({ action }) => action);

  it('gives what reads to every role and the rest to owners, admins and workflows', async () => {
    const given = await within((tx) => grants.listGrants(tx, server));
    const of = (tool: string) => given.filter((one) => one.tool === tool).map(({ grantee }) => grantee);
    assert.deepEqual(of('list'), ['role:admin', 'role:member', 'role:owner', 'workflow']);
    for (const tool of ['add', 'mail', 'charge', 'erase']) {
      assert.deepEqual(of(tool), ['role:admin', 'role:owner', 'workflow']);
    }
  });

  it('keeps id, address and grants when it is made again, and counts its credentials', async () => {
    const first = await find();
    await within((tx) => grants.removeGrant(tx, { server, tool: 'list', grantee: 'role:member' }));
    await within((tx) => connections.disconnect(tx, server));
    assert.equal((await find())?.status, 'disconnected');
    const save = (more: Partial<connections.NewConnection>) =>
      within((tx) => connections.saveConnection(tx, { server, accountLabel: 'Shop two', ...more }));
    const again = await save({ accountKey: 'acct_1' });
    assert.deepEqual([again.id, again.webhookKey], [first?.id, first?.webhookKey]);
    assert.deepEqual([again.status, again.disconnectedAt], ['connected', null]);
    assert.deepEqual(
      [again.accountLabel, again.accountKey, again.credentialVersion],
      ['Shop two', 'acct_1', 2],
    );
    assert.equal((await save({ credentialVersion: 7 })).credentialVersion, 7);
    const given = await within((tx) => grants.listGrants(tx, server));
    assert.ok(!given.some(({ tool, grantee }) => tool === 'list' && grantee === 'role:member'));
    assert.deepEqual(await events(), [
      'connection.opened',
      'grant.removed',
      'connection.ended',
      'connection.opened',
      'connection.opened',
    ]);
  });

  it('is one however often it is made at the same moment', async () => {
    const other = await plantTenant(database.db);
    const save = () =>
      database.db.inScope(scope({ tenantId: other.tenantId }), (tx) =>
        connections.saveConnection(tx, { server, accountLabel: 'Shop' }),
      );
    const made = await Promise.all(Array.from({ length: 6 }, save));
    assert.equal(new Set(made.map(({ id }) => id)).size, 1);
    assert.deepEqual(made.map(({ credentialVersion }) => credentialVersion).sort(), [1, 2, 3, 4, 5, 6]);
  });

  it('is refused for a server that is not there', async () => {
    const save = within((tx) => connections.saveConnection(tx, { server: 'nowhere', accountLabel: 'x' }));
    await assert.rejects(save, { code: 'server.not-found' });
  });

  it('is lost and ended once, with the reason', async () => {
    const lose = () => within((tx) => markDisconnected(tx, server, 'connection.needs-reconnect'));
    assert.deepEqual([await lose(), await lose()], [true, false]);
    const { status, lastErrorCode, lastErrorAt } = (await find()) as connections.Connection;
    assert.deepEqual([status, lastErrorCode], ['needsReconnect', 'connection.needs-reconnect']);
    assert.ok(lastErrorAt);
    const end = () => within((tx) => connections.disconnect(tx, server));
    assert.deepEqual([await end(), await end(), await lose()], [true, false, false]);
    assert.deepEqual(await events(), ['connection.opened', 'connection.lost', 'connection.ended']);
  });

  it('lets one of many renew its access, and another when that one has died', async () => {
    const take = (forMs: number) => within((tx) => acquireRenewalLease(tx, { server, forMs }));
    const takers = await Promise.all(Array.from({ length: 12 }, () => take(60_000)));
    assert.equal(takers.filter(Boolean).length, 1);
    await within((tx) => releaseRenewalLease(tx, server));
    assert.deepEqual([await take(60_000), await take(60_000)], [true, false]);
    await database.owner(
      `update mcp_connections set renewing_until = now() - interval '1 second' where tenant_id = $1`,
      [tenantId],
    );
    assert.equal(await take(60_000), true);
    const bump = (credentialVersion?: number) =>
      within((tx) => bumpCredentials(tx, { server, credentialVersion }));
    assert.equal(await bump(), 2);
    assert.equal(await take(60_000), true);
    assert.equal(await bump(9), 9);
    await within((tx) => connections.disconnect(tx, server));
    assert.equal(await take(60_000), false);
    await assert.rejects(bump(), { code: 'connection.missing' });
  });

  it('is found by its address and account from the platform, and from no other tenant', async () => {
    const connection = (await find()) as connections.Connection;
    assert.match(connection.webhookKey, /^[\w-]{43}$/);
    const { webhookKey } = connection;
    const byKey = (visibility: Parameters<typeof scope>[0]) =>
      database.db.inScope(scope(visibility), (tx) => connections.findByWebhookKey(tx, webhookKey));
    assert.deepEqual(await byKey('platform'), connection);
    const other = await plantTenant(database.db);
    assert.equal(await byKey({ tenantId: other.tenantId }), null);
    await within((tx) => connections.saveConnection(tx, { server, accountLabel: 'x', accountKey: 'team_1' }));
    const found = await database.db.inScope(scope('platform'), (tx) =>
      connections.listByAccount(tx, server, 'team_1'),
    );
    assert.deepEqual(
      found.map((one) => one.tenantId),
      [tenantId],
    );
    const listed = await database.db.inScope(scope('platform'), (tx) =>
      connections.listConnections(tx, tenantId),
    );
    assert.deepEqual(
      listed.map((one) => one.server),
      [server],
    );
  });

  it('gives and takes tools one by one, and knows which there are', async () => {
    const grant = { server, tool: 'charge', grantee: 'agent:bookkeeper' };
    const set = (more: Partial<grants.Grant> = {}) =>
      within((tx) => grants.setGrant(tx, { ...grant, ...more }));
    const remove = () => within((tx) => grants.removeGrant(tx, grant));
    assert.deepEqual([await set(), await set(), await remove(), await remove()], [true, false, true, false]);
    await assert.rejects(set({ tool: 'none' }), { code: 'tool.not-found' });
    const elsewhere = await plantServer(database);
    await assert.rejects(set({ server: elsewhere.server }), { code: 'connection.not-found' });
    assert.deepEqual((await events()).slice(1), ['grant.added', 'grant.removed']);
  });

  it('takes each webhook of the server once, also when it comes twice at the same moment', async () => {
    const take = (deliveryId: string) =>
      within((tx) => takeDelivery(tx, { server, deliveryId, eventType: 'charge.succeeded' }));
    const taken = await Promise.all(Array.from({ length: 8 }, () => take('evt_1')));
    assert.equal(taken.filter(Boolean).length, 1);
    assert.deepEqual([await take('evt_1'), await take('evt_2')], [false, true]);
    assert.equal((await events()).filter((action) => action === 'webhook.received').length, 2);
  });

  it('needs the scope of one tenant', async () => {
    const atPlatform = database.db.inScope(scope('platform'), (tx) => connections.disconnect(tx, server));
    await assert.rejects(atPlatform, /scope of one tenant/);
  });
});

describe('[MCP-G] OAuth states', () => {
  let database: TestDatabase;
  let server: string;
  let tenantId: string;
  before(async () => {
    database = await testDatabase({ poolSize: 20 });
    ({ server } = await plantServer(database));
    ({ tenantId } = await plantTenant(database.db));
  });
  after(() => database.close());

  const within = <T>(work: (tx: Tx) => Promise<T>) => database.db.inScope(scope({ tenantId }), work);
  const sealed = Buffer.from('sealed verifier');
  let started = 0;
  const start = async (lifetimeMs?: number) => {
    const stateHash = `state-${(started += 1)}`;
    await within((tx) =>
      oauth.saveOauthState(tx, { stateHash, server, userId: 'usr_a', keyId: 'k1', sealed, lifetimeMs }),
    );
    return stateHash;
  };
  const take = (stateHash: string, userId = 'usr_a') =>
    within((tx) => oauth.takeOauthState(tx, { stateHash, userId }));
  const failed = { code: 'oauth.failed' };

  it('ends with what it began with, once, also when many come back at the same moment', async () => {
    const stateHash = await start();
    const backs = await Promise.allSettled(Array.from({ length: 10 }, () => take(stateHash)));
    const good = backs.filter((back) => back.status === 'fulfilled');
    assert.deepEqual(
      good.map(({ value }) => value),
      [{ tenantId, server, userId: 'usr_a', keyId: 'k1', sealed }],
    );
    await assert.rejects(take(stateHash), failed);
  });

  it('is closed to other people, other tenants and after ten minutes at the latest', async () => {
    const stateHash = await start(hourMs);
    await assert.rejects(take(stateHash, 'usr_b'), failed);
    const other = await plantTenant(database.db);
    const elsewhere = database.db.inScope(scope({ tenantId: other.tenantId }), (tx) =>
      oauth.takeOauthState(tx, { stateHash, userId: 'usr_a' }),
    );
    await assert.rejects(elsewhere, failed);
    const [row] = await database.owner<{ ms: string }>(
      `select extract(epoch from expires_at - now()) * 1000 as ms from mcp_oauth_states where state_hash = $1`,
      [stateHash],
    );
    assert.ok(Number(row?.ms) <= oauth.longestStateMs, `open for ${row?.ms} ms`);
    await assert.rejects(take('unknown'), failed);
    await database.owner(`update mcp_oauth_states set expires_at = now() - interval '1 second'`);
    await assert.rejects(take(stateHash), failed);
  });

  it('starts from the registration of the platform, which no tenant and no partner can read', async () => {
    const client = { server, clientId: 'client-1', keyId: 'k1', sealed: Buffer.from('sealed secret') };
    const atPlatform = <T>(work: (tx: Tx) => Promise<T>) => database.db.inScope(scope('platform'), work);
    await atPlatform((tx) => oauth.saveOauthClient(tx, client));
    await atPlatform((tx) => oauth.saveOauthClient(tx, { ...client, clientId: 'client-2' }));
    const find = (tx: Tx) => oauth.findOauthClient(tx, server);
    assert.deepEqual(await atPlatform(find), { ...client, clientId: 'client-2' });
    assert.equal(await atPlatform((tx) => oauth.findOauthClient(tx, 'nowhere')), null);
    await assert.rejects(within(find), { code: '42501' });
    await assert.rejects(database.db.inScope(scope({ partnerId: 'par_x' }), find), { code: '42501' });
  });
});
