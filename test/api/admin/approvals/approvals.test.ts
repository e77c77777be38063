import assert from 'node:assert/strict';
import { stripeStandIn } from '../../../e2e/planted-tools.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import type { StubVendor } from '../../../support/tools.ts';

describe('[MCP-G] [TEN-2] approvals and connections of tenants, for the platform’s people', function () {
  this.timeout(90_000);
  let platform: Platform;
  let vendor: StubVendor;
  let admin: Caller;
  let owner: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    platform = await startPlatform();
    vendor = await stripeStandIn(platform);
    admin = await platform.admin();
    owner = await platform.business('Rivera Bakery');
    await owner.call('POST', '/api/client/integrations/stripe/connect', { apiKey: 'rk_test_canary9Qw' });
    const use = (tool: string, args = {}) =>
      owner.call('POST', `/api/client/tools/${tool}/calls`, { server: 'stripe', arguments: args });
    assert.equal((await use('stripe_get_balance')).body.status, 'done');
    const asked = await use('stripe_create_refund', {
      payment_intent_id: 'pi_canary1',
      amount: { minor: 900, currency: 'EUR' },
    });
    assert.equal(asked.body.status, 'waiting', asked.text);
  });
  after(async () => {
    await platform?.stop();
    await vendor?.close();
  });

  it('shows who asked for what, and not the values, which are the tenant’s', async () => {
    const { status, body, text } = await admin.call('GET', '/api/admin/approvals?status=pending');
    assert.equal(status, 200, text);
    const found = body.items.find((item: { tenant: { id: string } }) => item.tenant.id === owner.tenantId);
    assert.deepEqual(
      [found.serverTitle, found.toolTitle, found.risk, found.status],
      ['Stripe', 'Refund payment', 'money', 'pending'],
    );
    const page = await admin.call('GET', `/admin/approvals?tenant=${owner.tenantId}`);
    assert.match(page.text, /Refund payment[\s\S]*Rivera Bakery/);
    for (const answer of [text, page.text]) assert.ok(!answer.includes('pi_canary1'));
    const { body: none } = await admin.call('GET', '/api/admin/approvals?status=declined');
    assert.deepEqual(none.items, []);
  });

  it('lets no platform user decide, and shows a partner only their own tenants', async () => {
    const { body } = await admin.call('GET', '/api/admin/approvals');
    const decision = { decision: 'approved', reason: 'It seemed a good idea', argumentsHash: 'a' };
    const refused = await admin.call('POST', `/api/approvals/${body.items[0].id}/decision`, decision);
    assert.equal(refused.status, 403);
    const partner = await platform.partner();
    const read = async () => (await partner.call('GET', '/api/admin/approvals')).body.items.length as number;
    assert.equal(await read(), 0);
    await platform.world.database.owner('update tenants set partner_id = $1 where id = $2', [
      partner.partnerId,
      owner.tenantId,
    ]);
    assert.equal(await read(), 1);
  });

  it('the page of a tenant shows its connections: state, use and the last problem', async () => {
    const page = async () =>
      (await admin.call('GET', `/admin/tenants/${owner.tenantId}?tab=connections`)).text;
    // What waits for a person is no problem of the service.
    assert.match(await page(), /Stripe[\s\S]*Connected[\s\S]*None/);
    vendor.answer((_request, response) => response.writeHead(400).end('{}'));
    await owner.call('POST', '/api/client/tools/stripe_get_balance/calls', { server: 'stripe' });
    const after = await page();
    assert.ok(!/>None</.test(after), after);
    assert.ok(!after.includes('rk_test_canary9Qw'));
  });
});
