import assert from 'node:assert/strict';
import { findConnection } from '../../../db/repos/integrations/connections.ts';
import { type Caller, type Platform, startPlatform } from '../../support/api.ts';
import { scope } from '../../support/database.ts';
import { connectTenant, json, standIn, type StubVendor, stubVendor, toolCall } from '../../support/tools.ts';

const good = 'rk_test_good';

describe('[MCP-G] [MCP-R6] testing a connection', function () {
  this.timeout(90_000);
  let platform: Platform;
  let vendor: StubVendor;
  let owner: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    [platform, vendor] = await Promise.all([startPlatform(), stubVendor()]);
    standIn(platform.world, 'stripe', vendor.url);
  });
  beforeEach(async () => {
    owner = await platform.business();
    await connectTenant(platform.world.deps, owner.tenantId, 'stripe', { apiKey: good });
    answers(good);
  });
  after(async () => {
    await platform.stop();
    await vendor.close();
  });

  function answers(key: string): void {
    vendor.answer(({ headers }, response) =>
      headers.authorization === `Bearer ${key}`
        ? json(response, 200, { available: [], pending: [] })
        : json(response, 401, { error: { message: 'Expired API Key provided.' } }),
    );
  }
  const test = (caller: Caller = owner) => caller.call('POST', '/api/client/integrations/stripe/test');
  const connection = () =>
    platform.world.database.db.inScope(scope({ tenantId: owner.tenantId }), (tx) =>
      findConnection(tx, 'stripe'),
    );
  const use = () =>
    platform.world.deps.gateway.call(
      toolCall(owner.tenantId, { type: 'user', id: owner.userId }, 'stripe_get_balance'),
    );
  const events = async () =>
    (
      await platform.world.database.owner<{ action: string; result: string | null }>(
        `select action, body #>> '{data,result}' as result from events
         where tenant_id = $1 and action like 'connection.%' order by seq`,
        [owner.tenantId],
      )
    ).map(({ action, result }) => (result ? `${action} ${result}` : action));

  it('says that it works and how long it took, with a receipt, an event and a run', async () => {
    const answer = await test();
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.body.result, 'works');
    assert.match(answer.body.message, /^Stripe works\. It answered in \d+(?: ms|\.\d s)\.$/);
    const receipts = await owner.call('GET', '/api/client/tool-calls?server=stripe');
    assert.deepEqual(
      receipts.body.items.map(({ tool, outcome, actor }: never) => [tool, outcome, actor]),
      [['stripe_get_balance', 'ok', { type: 'user', id: owner.userId }]],
    );
    assert.match(receipts.body.items[0].workflowId, /:test-connection:cal_/);
    assert.deepEqual(await events(), ['connection.opened', 'connection.tested works']);
  });

  it('says that the access is refused, and lets the connection work again once it is taken', async () => {
    answers('rk_test_other');
    const refused = await test();
    assert.deepEqual([refused.status, refused.body.result], [200, 'refused'], refused.text);
    assert.match(refused.body.message, /Stripe no longer accepts our access\. Reconnect it\./);
    assert.equal((await connection())?.status, 'needsReconnect');
    await assert.rejects(use(), { code: 'connection.needs-reconnect' });
    const before = (await connection())?.credentialVersion ?? 0;

    answers(good);
    assert.equal((await test()).body.result, 'works');
    const after = await connection();
    assert.deepEqual([after?.status, after?.lastErrorCode], ['connected', null]);
    // Owners are told of a loss once for each version of the credentials.
    assert.ok((after?.credentialVersion ?? 0) > before);
    assert.equal((await use()).kind, 'done');
    assert.deepEqual(await events(), [
      'connection.opened',
      'connection.lost',
      'connection.tested refused',
      'connection.recovered',
      'connection.tested works',
    ]);
  });

  it('says that the server is away, keeps the connection, and asks although the breaker is open', async () => {
    vendor.answer((_request, response) => json(response, 503, {}));
    for (let failed = 0; failed < 5; failed += 1) await assert.rejects(use());
    await assert.rejects(use(), { code: 'tool.circuit-open' });
    const away = await test();
    assert.equal(away.body.result, 'down');
    assert.match(away.body.message, /isn’t responding/);
    assert.equal((await connection())?.status, 'connected');
    answers(good);
    assert.equal((await test()).body.result, 'works');
    assert.equal((await use()).kind, 'done');
  });

  it('says what the server says when it answers and refuses the question', async () => {
    vendor.answer((_request, response) =>
      json(response, 403, { error: { message: 'The key may not read the balance.' } }),
    );
    const answer = await test();
    assert.equal(answer.body.result, 'failed');
    assert.match(answer.body.message, /The key may not read the balance/);
    assert.equal((await connection())?.status, 'connected');
  });

  it('404 for what is not connected, 403 for a member', async () => {
    const member = await platform.colleague(owner.tenantId, 'member');
    assert.equal((await test(member)).status, 403);
    const other = await platform.business();
    const none = await test(other);
    assert.deepEqual([none.status, none.body.code], [404, 'connection.not-found']);
    await owner.call('POST', '/api/client/integrations/stripe/disconnect');
    assert.equal((await test()).status, 404);
  });

  it('is a button on the page, and one for who helps a tenant, within reach', async () => {
    const page = await owner.form('/app/integrations/stripe/test', {});
    assert.equal(page.headers.get('location'), '/app/integrations/stripe');
    assert.match((await owner.call('GET', '/app/integrations/stripe')).text, /Stripe works\. It answered in/);

    const admin = await platform.admin();
    const path = `/tenants/${owner.tenantId}/connections/stripe/test`;
    const helped = await admin.call('POST', `/api/admin${path}`);
    assert.deepEqual([helped.status, helped.body.result], [200, 'works'], helped.text);
    const told = await admin.form(`/admin${path}`, {});
    assert.equal(told.headers.get('location'), `/admin/tenants/${owner.tenantId}?tab=connections`);
    assert.match(
      (await admin.call('GET', `/admin/tenants/${owner.tenantId}?tab=connections`)).text,
      /Stripe works/,
    );
    const partner = await platform.partner();
    assert.equal((await partner.call('POST', `/api/admin${path}`)).status, 404);
    const receipts = await owner.call('GET', '/app/integrations/stripe');
    assert.match(receipts.text, /Outside your team/);
  });
});
