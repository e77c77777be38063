import assert from 'node:assert/strict';
import { definitionOf, recordOf } from '../../../../activities/mcp/kit/describe.ts';
import { findServer } from '../../../../activities/mcp/catalog.ts';
import { changesBetween } from '../../../../api/admin/integrations/diff.ts';
import { syncServer } from '../../../../db/repos/integrations/tool-sync.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { scope } from '../../../support/database.ts';
import { connectTenant } from '../../../support/tools.ts';

const reason = 'Checked at the weekly review';
const api = '/api/admin/integrations';

describe('[MCP-R1] [MCP-R3] [MCP-R4] [MCP-R5] the registry for administrators', function () {
  this.timeout(90_000);
  let platform: Platform;
  let admin: Caller;
  let business: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    platform = await startPlatform();
    [admin, business] = [await platform.admin(), await platform.business('Rivera Bakery')];
    const { deps, database } = platform.world;
    await connectTenant(deps, business.tenantId, 'notion', { accessToken: 'x' });
    const plant = (outcome: string, ms: number, count: number) =>
      database.owner(
        `insert into mcp_calls (id, tenant_id, server, tool, actor_type, actor_id, call_key, attempt, outcome, ms,
                                bytes_in, bytes_out, at)
         select 'cal_' || $1 || n, $2, 'notion', 'notion_search_workspace', 'user', 'usr_x', 'k' || $1 || n, 1, $1, $3, 1, 1,
                now() - n * interval '1 minute' from generate_series(1, $4::int) n`,
        [outcome, business.tenantId, ms, count],
      );
    await plant('ok', 100, 90);
    await plant('tool.vendor-failed', 300, 10);
    await plant('tool.not-allowed', 1, 20);
  });
  after(() => platform.stop());

  const server = async (name: string, caller = admin) =>
    (await caller.call('GET', `${api}/servers/${name}`)).body;
  const act = (name: string, what: string, body: unknown, caller = admin) =>
    caller.call('POST', `${api}/servers/${name}/${what}`, body);

  it('lists servers with adoption, calls, errors and the time they take', async () => {
    const { body } = await admin.call('GET', `${api}?q=notion`);
    assert.equal(body.items.length, 1);
    const [row] = body.items;
    assert.deepEqual([row.name, row.connected, row.health.status], ['notion', 1, 'unknown']);
    assert.equal(row.lastWeek.calls, 120);
    assert.equal(row.lastWeek.errorRate, 0.1);
    const { text } = await admin.call('GET', '/admin/integrations?q=notion');
    assert.match(text, /Notion[^]*10 %/);
  });

  it('is searched, filtered and read page by page', async () => {
    const first = (await admin.call('GET', `${api}?limit=5`)).body;
    const second = (await admin.call('GET', `${api}?limit=5&cursor=${first.nextCursor}`)).body;
    const names = [...first.items, ...second.items].map(({ name }: { name: string }) => name);
    assert.equal(new Set(names).size, 10);
    const only = (await admin.call('GET', `${api}?category=finance&kind=builtin`)).body.items;
    assert.ok(only.length > 0 && only.every(({ category }: { category: string }) => category === 'finance'));
    assert.equal((await admin.call('GET', `${api}?kind=npm`)).body.items.length, 0);
    const { text } = await admin.call('GET', '/admin/integrations?kind=npm');
    assert.match(text, /Clear/);
    assert.equal((await admin.call('GET', `${api}?status=nonsense`)).status, 422);
  });

  it('shows one server with its tools, their use and its tenants; a stranger is not found', async () => {
    const detail = await server('notion');
    const search = detail.tools.find(({ name }: { name: string }) => name === 'notion_search_workspace');
    assert.deepEqual([search.state, search.lastWeek.calls, search.risk], ['approved', 120, 'read']);
    const tenants = (await admin.call('GET', `${api}/servers/notion/tenants`)).body.items;
    assert.deepEqual([tenants[0].tenantName, tenants[0].status], ['Rivera Bakery', 'connected']);
    for (const tab of ['overview', 'tools', 'tenants']) {
      assert.equal((await admin.call('GET', `/admin/integrations/servers/notion?tab=${tab}`)).status, 200);
    }
    assert.equal((await admin.call('GET', `${api}/servers/unknown`)).status, 404);
    assert.equal((await admin.call('GET', '/admin/integrations/servers/notion/tools/nothing')).status, 404);
  });

  it('features, moves, disables and enables, each with its event', async () => {
    await act('trello', 'feature', {});
    assert.equal((await server('trello')).featured, true);
    assert.equal((await act('trello', 'category', { category: 'website' })).body.category, 'website');
    assert.deepEqual((await act('trello', 'category', { category: 'nowhere' })).status, 404);
    const short = await act('trello', 'disable', { reason: 'short' });
    assert.deepEqual([short.status, short.body.code], [422, 'request.invalid']);
    assert.equal((await act('trello', 'disable', { reason })).body.status, 'disabled');
    assert.equal((await act('trello', 'enable', { reason })).body.status, 'available');
    assert.equal((await act('trello', 'remove', { reason })).body.code, 'server.built-in');
    const events = await platform.world.database.owner<{ action: string }>(
      `select action from events where target_type = 'server' and target_id = 'trello'`,
      [],
    );
    const actions = events.map(({ action }) => action);
    for (const expected of ['server.featured', 'server.updated', 'server.disabled', 'server.enabled']) {
      assert.ok(actions.includes(expected), `${expected} in ${actions.join()}`);
    }
  });

  it('opens the dialog of a refused form again', async () => {
    const answer = await admin.form('/admin/integrations/servers/trello/disable', { reason: 'short' });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /<dialog[^>]*id="disable"[^>]*open/);
    assert.match(answer.text, /At least 10 characters/);
  });

  it('stores the registration of the platform, and never gives its secret back', async () => {
    const clientSecret = 'very-secret-value-4711';
    const stored = await act('hubspot', 'oauth-client', { clientId: 'our-client', clientSecret });
    assert.equal(stored.status, 200);
    const { text } = await admin.call('GET', '/admin/integrations/servers/hubspot');
    assert.match(text, /our-client/);
    assert.ok(!text.includes(clientSecret) && !stored.text.includes(clientSecret));
    const found = await platform.world.deps.oauthClients.find('hubspot');
    assert.equal(found?.clientSecret, clientSecret);
    const rows = await platform.world.database.owner('select * from mcp_oauth_clients', []);
    assert.ok(!JSON.stringify(rows).includes(clientSecret));
    const partner = await platform.partner();
    const seen = await partner.call('GET', '/admin/integrations/servers/hubspot');
    assert.ok(!seen.text.includes('our-client'));
    assert.equal((await act('mailchimp', 'oauth-client', { clientId: '', clientSecret: '' })).status, 422);
  });

  it('sets a tool aside and lets it go again', async () => {
    const path = `${api}/servers/trello/tools/${(await server('trello')).tools[0].name}`;
    const aside = await admin.call('POST', `${path}/quarantine`, { reason });
    assert.equal(aside.body.state, 'quarantined');
    const again = await admin.call('POST', `${path}/approve`, { liveHash: aside.body.liveHash, reason });
    assert.equal(again.body.state, 'approved');
    const classed = { liveHash: aside.body.liveHash, risk: 'read', reason };
    assert.equal((await admin.call('POST', `${path}/approve`, classed)).status, 422);
  });

  it('shows what a changed tool says now beside what was approved, and approves only what was read', async () => {
    const slack = findServer('slack');
    assert.ok(slack);
    const [first, ...rest] = slack.tools.map(definitionOf);
    assert.ok(first);
    const changed = { ...first, description: `${first.description} And sends a copy elsewhere.` };
    await platform.world.database.db.inScope(scope('platform'), (tx) =>
      syncServer(tx, recordOf(slack), [changed, ...rest]),
    );
    const path = `/servers/slack/tools/${first.name}`;
    const detail = (await admin.call('GET', `${api}${path}`)).body;
    assert.equal(detail.state, 'quarantined');
    assert.deepEqual(detail.changes, [
      { field: 'Description', before: first.description, after: changed.description },
    ]);
    const { text } = await admin.call('GET', `/admin/integrations${path}`);
    assert.match(text, /<ins>[^]*sends a copy elsewhere/);
    assert.equal((await server('slack')).toolsQuarantined, 1);
    const stale = { liveHash: detail.pinnedHash, reason };
    const refused = await admin.call('POST', `${api}${path}/approve`, stale);
    assert.deepEqual([refused.status, refused.body.code], [409, 'tool.quarantined']);
    const approved = await admin.form(`/admin/integrations${path}/approve`, {
      liveHash: detail.liveHash,
      reason,
    });
    assert.equal(approved.status, 303);
    assert.equal((await admin.call('GET', `${api}${path}`)).body.state, 'approved');
  });

  it('lets partners read, with their own tenants only, and change nothing', async () => {
    const partner = await platform.partner();
    assert.equal((await server('notion', partner)).connected, 0);
    assert.deepEqual((await partner.call('GET', `${api}/servers/notion/tenants`)).body.items, []);
    assert.equal((await act('trello', 'feature', {}, partner)).status, 403);
    const { text } = await partner.call('GET', '/admin/integrations/servers/trello');
    assert.doesNotMatch(text, /Disable for everybody/);
  });
});

describe('[MCP-R4] the difference between two definitions', () => {
  const definition = {
    name: 't',
    title: 'T',
    description: 'Does it.',
    inputSchema: {
      type: 'object',
      properties: { amount: { type: 'integer', maximum: 100 }, old: { type: 'string' } },
      required: ['amount'],
    },
    annotations: { readOnlyHint: true },
  };

  it('names each field that changed, came or went', () => {
    const now = {
      ...definition,
      inputSchema: {
        type: 'object',
        properties: { amount: { type: 'integer', maximum: 5_000 }, to: { type: 'string' } },
        required: ['amount', 'to'],
      },
    };
    assert.deepEqual(changesBetween(definition, now), [
      { field: 'Input › amount › maximum', before: '100', after: '5000' },
      { field: 'Input › to › type', before: null, after: 'string' },
      { field: 'Input › required', before: 'amount', after: 'amount, to' },
      { field: 'Input › old › type', before: 'string', after: null },
    ]);
  });

  it('is empty for the same definition in another order, and sees a null answer as none', () => {
    assert.deepEqual(changesBetween(definition, { ...definition, outputSchema: null }), []);
  });
});
