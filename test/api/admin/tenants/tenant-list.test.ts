import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';
import { bringTo } from '../../../e2e/wizard.ts';

type Business = Awaited<ReturnType<Platform['business']>>;

describe('[TEN-1] the list of tenants as a place to work', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  let tools: Business;
  let live: Business;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    [, tools, live] = [
      await platform.business('Waits for Profile'),
      await platform.business('Waits for Tools'),
      await platform.business('Went Live'),
    ];
    await bringTo(tools, 'tools');
    await bringTo(live, 'live');
    await eventually(
      () => admin.call('GET', '/api/admin/tenants?status=live'),
      ({ body }) => body.items.length === 1 && body.items[0].onboarding?.state === 'done',
    );
    await eventually(
      () => admin.call('GET', '/api/admin/tenants?step=tools'),
      ({ body }) => body.items.length === 1,
    );
    // What Temporal says again of this run is then older and does not count.
    const { owner } = platform.world.database;
    await owner("update runs set changed_at = now() + interval '1 hour' where tenant_id = $1", [
      tools.tenantId,
    ]);
    await owner(
      "update run_steps set since = since - interval '4 days' where state = 'waiting' and tenant_id = $1",
      [tools.tenantId],
    );
  });
  after(() => platform.stop());

  const names = async (query: string) =>
    ((await admin.call('GET', `/api/admin/tenants?sort=name&${query}`)).body.items as { name: string }[]).map(
      ({ name }) => name,
    );
  const eventsOf = async (tenant: string, action: string) =>
    (await admin.call('GET', `/api/admin/audit-events?tenant=${tenant}&action=${action}`)).body.items as {
      data: Record<string, unknown>;
    }[];

  it('is filtered by onboarding step and by time in that step', async () => {
    assert.deepEqual(await names('step=profile'), ['Waits for Profile']);
    assert.deepEqual(await names('stuck=3'), ['Waits for Tools']);
    assert.deepEqual(await names('stuck=7'), []);
    assert.deepEqual(await names('stuck=1&step=profile'), []);
    assert.equal((await admin.call('GET', '/api/admin/tenants?stuck=2')).status, 422);
    const { text } = await admin.call('GET', '/admin/tenants?stuck=3');
    assert.match(text, /Tools[^]{0,60}for <time[^>]*>4 d/);
    assert.match(text, /Remove filter Stuck for: 3 days or more/);
  });

  describe('views that a person keeps', () => {
    const add = (caller: Caller, name: string, query: string) =>
      caller.call('POST', '/api/admin/tenant-views', { name, query });

    it('hold filters and order, in one order, and nothing that the list does not know', async () => {
      const { status, body } = await add(
        admin,
        'Slow ones',
        'sort=-mrr&nonsense=1&stuck=3&cursor=x&status=wrong',
      );
      assert.deepEqual([status, body.query], [201, 'stuck=3&sort=-mrr']);
      const { text } = await admin.call('GET', '/admin/tenants?sort=-mrr&stuck=3');
      assert.match(text, /<a href="\/admin\/tenants\?stuck=3&amp;sort=-mrr" aria-current="page">Slow ones/);
      assert.ok(!text.includes('Save view'));
      const empty = await add(admin, 'Everything', '');
      assert.match(empty.body.fields.name, /Choose a filter or sort order first/);
    });

    it('are added, renamed and removed in forms, with the message where a name will not do', async () => {
      const form = (name: string) => admin.form('/admin/tenants/views', { name, query: 'status=live' });
      const added = await form('Live');
      assert.deepEqual([added.status, added.headers.get('location')], [303, '/admin/tenants?status=live']);
      const taken = await form('LIVE');
      assert.equal(taken.status, 409);
      assert.match(taken.text, /Name: You already have a view with this name\./);
      const blank = await form(' ');
      assert.equal(blank.status, 422);
      assert.match(blank.text, /Name: Fill this in\./);
      const { body } = await admin.call('GET', '/api/admin/tenant-views');
      const { id } = (body.items as { id: string; name: string }[]).find(({ name }) => name === 'Live') ?? {
        id: '',
      };
      const renamed = await admin.form(`/admin/tenants/views/${id}/rename`, { name: 'Customers' });
      assert.equal(renamed.status, 303);
      const clash = await admin.form(`/admin/tenants/views/${id}/rename`, { name: 'slow ones' });
      assert.equal(clash.status, 409);
      assert.match(clash.text, /<dialog[^>]*id="rename-view"[^>]*open/);
      assert.equal((await admin.form(`/admin/tenants/views/${id}/remove`, {})).status, 303);
      assert.equal((await admin.call('DELETE', `/api/admin/tenant-views/${id}`)).status, 404);
      const recorded = await Promise.all(
        ['view.saved', 'view.renamed', 'view.removed'].map((action) => eventsOf('ten_platform', action)),
      );
      assert.deepEqual(
        recorded.map((events) => events[0]?.data['name']),
        ['Live', 'Customers', 'Customers'],
      );
    });

    it('are visible to and changeable by their owner only', async () => {
      const { body } = await add(admin, 'Mine alone', 'status=live');
      const partner = await platform.partner();
      assert.deepEqual((await partner.call('GET', '/api/admin/tenant-views')).body.items, []);
      for (const [method, given] of [
        ['PATCH', { name: 'Theirs' }],
        ['DELETE', undefined],
      ] as const) {
        const answer = await partner.call(method, `/api/admin/tenant-views/${body.id}`, given);
        assert.deepEqual([answer.status, answer.body.code], [404, 'view.not-found']);
      }
      assert.equal((await add(partner, 'Mine alone', 'status=live')).status, 201);
    });

    it('are limited in number', async () => {
      const partner = await platform.partner();
      const answers = await Promise.all(
        Array.from({ length: 22 }, (_, n) => add(partner, `View ${n}`, 'status=live')),
      );
      const codes = answers.map(({ body }) => body.code).filter(Boolean);
      assert.deepEqual(codes, ['view.limit-reached', 'view.limit-reached']);
    });
  });

  describe('[ONB-5] trouble after the last step of the customer', () => {
    it('shows in this list, in the funnel and on the page of the tenant, with what helps', async () => {
      const { owner } = platform.world.database;
      await owner(
        `update runs set state = 'needsAttention', needs_attention = true, current_step = 'live', closed_at = null,
         changed_at = now() + interval '1 hour' where tenant_id = $1`,
        [live.tenantId],
      );
      await owner(
        `update run_steps set state = 'needsAttention', since = now() - interval '2 days', error_code = 'mail.undeliverable',
         error_message = 'The mail server isn’t responding.' where tenant_id = $1 and step = 'live'`,
        [live.tenantId],
      );
      assert.deepEqual(await names('step=live&stuck=1'), ['Went Live']);
      assert.match(
        (await admin.call('GET', '/admin/tenants?status=live')).text,
        /Went Live[^]*?Going live[^]{0,200}2 d/,
      );
      const funnel = (await admin.call('GET', '/admin/onboarding')).text;
      assert.match(funnel, /Stuck tenants[^]*Went Live[^]*?The mail server isn’t responding[^]*?Going live/);
      assert.match(
        funnel,
        new RegExp(`action="/admin/tenants/${live.tenantId}/onboarding/retry"[^]*?value="live"`),
      );
      assert.match(
        (await admin.call('GET', `/admin/tenants/${live.tenantId}?tab=onboarding`)).text,
        /<ol[^>]*aria-label="Setup steps">[^]*Going live/,
      );
    });
  });
});
