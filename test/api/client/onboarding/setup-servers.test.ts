import assert from 'node:assert/strict';
import { servers } from '../../../../activities/mcp/catalog.ts';
import { agentCatalog } from '../../../../db/domain/agents/catalog.ts';
import { type Platform, startPlatform } from '../../../support/api.ts';
import { connectTenant } from '../../../support/tools.ts';
import { bringTo } from '../../../e2e/wizard.ts';

describe('[ONB-2] [MCP-R2] servers in the setup wizard', function () {
  this.timeout(90_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  const setServer = (name: string, status: string) =>
    platform.world.database.owner('update mcp_servers set status = $2 where name = $1', [name, status]);

  it('agents need servers that there are', () => {
    const names = servers.map(({ name }) => name);
    for (const { key, needsOneOf } of agentCatalog) {
      for (const name of needsOneOf) assert.ok(names.includes(name), `${key}: ${name}`);
    }
  });

  it('offers what the registry offers, with its titles and categories, and refuses the rest', async () => {
    const owner = await platform.business();
    await bringTo(owner, 'tools');
    await setServer('trello', 'disabled');
    try {
      const page = await owner.call('GET', '/app/setup/tools');
      assert.ok(page.text.includes('QuickBooks Online') && page.text.includes('Advertising'));
      assert.ok(!page.text.includes('Trello'));
      for (const tool of ['trello', 'no-such-service']) {
        const refused = await owner.call('POST', '/api/client/onboarding/steps/tools', {
          tools: ['stripe', tool],
        });
        assert.equal(refused.status, 422, refused.text);
        assert.match(refused.body.fields.tools, new RegExp(`not in it: ${tool}`));
      }
    } finally {
      await setServer('trello', 'available');
    }
    const taken = await owner.call('POST', '/api/client/onboarding/steps/tools', {
      tools: ['stripe', 'trello'],
    });
    assert.equal(taken.status, 200, taken.text);
  });

  it('leads to each chosen server after going live, until all are connected', async () => {
    const owner = await platform.business();
    await bringTo(owner, 'analytics');
    const analytics = await owner.call('GET', '/app/setup/analytics');
    assert.ok(analytics.text.includes('formaction="/app/setup/analytics?connect=ga4"'), analytics.text);
    const typed = { ga4MeasurementId: 'g-ab12cd34ef', gtmContainerId: '', searchConsoleSite: '' };
    const saved = await owner.form('/app/setup/analytics?connect=ga4', typed);
    assert.deepEqual(
      [saved.status, saved.headers.get('location')],
      [303, '/app/integrations/ga4?back=%2Fapp%2Fsetup%2Fanalytics'],
    );
    const again = await owner.call('GET', '/app/setup/analytics');
    assert.ok(again.text.includes('value="G-AB12CD34EF"'), 'what was typed is kept, in capitals');
    const tools = await owner.call('GET', '/app/setup/tools');
    assert.ok(tools.text.includes('href="/app/integrations/stripe?back=%2Fapp%2Fsetup%2Ftools"'), tools.text);
    for (const step of ['analytics', 'agents', 'review']) {
      const body = step === 'agents' ? { agents: [] } : step === 'review' ? { acceptTerms: true } : {};
      const done = await owner.call('POST', `/api/client/onboarding/steps/${step}`, body);
      assert.equal(done.status, 200, done.text);
    }
    await platform.world.database.owner("update tenants set status = 'live' where id = $1", [owner.tenantId]);
    const home = async () => (await owner.call('GET', '/app')).text;
    const connect = (server: string) =>
      connectTenant(platform.world.deps, owner.tenantId, server, { apiKey: 'x' });
    const open = await home();
    assert.match(open, /0 of 2 you chose/);
    assert.ok(
      open.includes('href="/app/integrations/stripe"') && open.includes('href="/app/integrations/ga4"'),
    );
    await connect('stripe');
    assert.match(await home(), /1 of 2 you chose/);
    const member = await platform.colleague(owner.tenantId, 'member');
    const ofMember = (await member.call('GET', '/app')).text;
    assert.ok(!ofMember.includes('Connect your integrations'));
    // What the tenant pays is shown to who may open its billing.
    assert.ok((await home()).includes('href="/app/billing"'));
    assert.ok(!ofMember.includes('/app/billing') && !ofMember.includes('€'), ofMember);
    await connect('ga4');
    assert.ok(!(await home()).includes('Connect your integrations'));
  });
});
