import assert from 'node:assert/strict';
import { bringTo } from '../../../e2e/wizard.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { connectTenant, json, standIn, type StubVendor, stubVendor } from '../../../support/tools.ts';
import { eventually } from '../../../support/world.ts';

const reason = 'The vendor leaks data';

describe('[MCP-R1] [MCP-R4] a server that is turned off or ends, as its tenants see it', function () {
  this.timeout(120_000);
  let platform: Platform;
  let vendor: StubVendor;
  let admin: Caller;
  let owner: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    [platform, vendor] = await Promise.all([startPlatform(), stubVendor()]);
    standIn(platform.world, 'stripe', vendor.url);
    vendor.answer((_request, response) => json(response, 200, { available: [], pending: [] }));
    [admin, owner] = [await platform.admin(), await platform.business()];
    // Chooses Stripe and Google Analytics.
    await bringTo(owner, 'review');
    await platform.world.database.owner("update tenants set status = 'live' where id = $1", [owner.tenantId]);
    await connectTenant(platform.world.deps, owner.tenantId, 'stripe', { apiKey: 'rk_test_1' });
  });
  after(async () => {
    await platform.stop();
    await vendor.close();
  });

  const page = async (path: string, caller: Caller = owner) => (await caller.call('GET', path)).text;
  const act = (server: string, action: string, body: object = {}) =>
    admin.call('POST', `/api/admin/integrations/servers/${server}/${action}`, { reason, ...body });

  it('says so on Home, in the marketplace and on its page, and keeps the count of what was chosen', async () => {
    assert.match(await page('/app'), /Connected 1 of 2 you chose/);
    const off = await act('stripe', 'disable');
    assert.deepEqual([off.status, off.body.status], [200, 'disabled'], off.text);
    const home = await page('/app');
    assert.match(home, /Stripe was turned off by the platform on \d+ \w+ \d{4}\. Your connection is kept\./);
    assert.match(home, /Connected 1 of 2 you chose/);
    const notice = /Turned off by the platform on \d+ \w+ \d{4}\. Your connection is kept\./;
    assert.match(await page('/app/integrations'), notice);
    const own = await page('/app/integrations/stripe');
    assert.match(own, notice);
    assert.doesNotMatch(own, /id="connect"/, 'there is nothing to connect');
    const { body } = await owner.call('GET', '/api/client/integrations?q=stripe');
    assert.deepEqual(
      body.items.map((one: { state: string; lifecycle: { kind: string } }) => [
        one.state,
        one.lifecycle.kind,
      ]),
      [['connected', 'turnedOff']],
    );
    await eventually(
      () => platform.world.mails(owner.email),
      (mails) => mails.filter(({ subject }) => subject === 'Stripe is turned off').length === 1,
    );
  });

  it('a test of it says that it is turned off, and contacts no one', async () => {
    vendor.requests.length = 0;
    const ofSupport = `/api/admin/tenants/${owner.tenantId}/connections/stripe/test`;
    for (const answer of [
      await owner.call('POST', '/api/client/integrations/stripe/test', {}),
      await admin.call('POST', ofSupport, {}),
    ]) {
      assert.deepEqual([answer.status, answer.body.code], [409, 'server.disabled'], answer.text);
      assert.match(answer.body.title, /Stripe is turned off by the platform/);
    }
    const posted = await owner.form('/app/integrations/stripe/test', {});
    assert.deepEqual([posted.status, posted.headers.get('location')], [303, '/app/integrations/stripe']);
    assert.match(await page('/app/integrations/stripe'), /Stripe is turned off by the platform/);
    const connecting = await owner.call('POST', '/api/client/integrations/stripe/connect', {
      apiKey: 'rk_test_2',
    });
    assert.equal(connecting.body.code, 'server.disabled');
    const called = await owner.call('POST', '/api/client/tools/stripe_get_balance/calls', {
      server: 'stripe',
    });
    assert.equal(called.body.error?.code, 'server.disabled', called.text);
    assert.equal(vendor.requests.length, 0);
  });

  it('is as before once it is turned on again', async () => {
    assert.equal((await act('stripe', 'enable')).status, 200);
    assert.doesNotMatch(await page('/app'), /turned off/);
    assert.doesNotMatch(await page('/app/integrations'), /Turned off/);
  });

  it('names the last day and what to use instead, the same day for every reader', async () => {
    const lastDay = `${new Date().getUTCFullYear() + 1}-12-31`;
    const planned = await act('stripe', 'deprecate', { lastDay, successor: 'paypal' });
    assert.equal(planned.status, 200, planned.text);
    assert.equal(planned.body.offAt, `${Number(lastDay.slice(0, 4)) + 1}-01-01T12:00:00.000Z`);
    const ends = new RegExp(`nds on 31 Dec ${lastDay.slice(0, 4)}\\. Use PayPal instead\\.`);
    for (const zone of ['Pacific/Honolulu', 'Pacific/Kiritimati']) {
      await platform.world.database.owner('update users set timezone = $2 where id = $1', [
        owner.userId,
        zone,
      ]);
      for (const path of ['/app', '/app/integrations', '/app/integrations/stripe'])
        assert.match(await page(path), ends, `${path} in ${zone}`);
    }
  });

  it('a member is told whom to ask', async () => {
    const member = await platform.colleague(owner.tenantId, 'member');
    const ofMember = await page('/app/integrations/xero', member);
    assert.match(ofMember, /Ask [^<]+ \(owner\) to connect Xero\./);
    assert.doesNotMatch(ofMember, /id="connect"/);
    assert.match(await page('/app/integrations', member), /Ask [^<]+ \(owner\) to connect an integration\./);
  });

  it('[MCP-R2] finds by name, category and state, and keeps the search in every link', async () => {
    const found = await page('/app/integrations?q=pay&category=payments');
    assert.ok(found.includes('>PayPal</a>') && !found.includes('>Xero</a>'));
    assert.match(found, /href="\/app\/integrations\?q=pay"/);
    assert.match(await page('/app/integrations?q=zzz'), /No integrations match these filters/);
    assert.ok(!(await page('/app/integrations?state=connected')).includes('>PayPal</a>'));
  });
});
