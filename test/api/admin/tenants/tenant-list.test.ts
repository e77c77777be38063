import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';
import { bringTo } from '../../../e2e/wizard.ts';

type Business = Awaited<ReturnType<Platform['business']>>;
const reason = 'Asked for at the weekly round';

describe('[TEN-1] the list of tenants as a place to work', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  let profile: Business;
  let tools: Business;
  let live: Business;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    [profile, tools, live] = [
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

  describe('[ONB-4] help for many at once', () => {
    const all = () => [profile.tenantId, tools.tenantId, live.tenantId];

    it('says first who is affected and who is left out, and why', async () => {
      const query = new URLSearchParams([
        ['action', 'remind'],
        ...all().map((id) => ['tenant', id]),
      ]).toString();
      const { text, status } = await admin.call('GET', `/admin/tenants/bulk?${query}`);
      assert.equal(status, 200);
      assert.match(text, /<h1[^>]*>Send a reminder to 2 tenants/);
      assert.match(text, /Went Live[^]*?Skipped: setup is finished/);
      // Those left out are sent too, so that the result can say why.
      assert.equal(text.match(/type="hidden" name="tenant"/g)?.length, 3);
      // As for one tenant: a reminder asks for no reason and records its own.
      assert.match(text, /type="hidden" name="reason" value="Sent manually/);
      assert.ok(!text.includes('<textarea'));
      const none = await admin.call('GET', '/admin/tenants/bulk?action=remind');
      assert.deepEqual([none.status, none.headers.get('location')], [303, '/admin/tenants']);
      assert.match((await admin.call('GET', '/admin/tenants')).text, /Select at least one tenant first/);
    });

    it('asks again for a reason that is none, with what was typed', async () => {
      const requestKey = randomUUID();
      const fields = { tenant: all(), days: '9', reason: 'short', requestKey };
      const answer = await admin.form('/admin/tenants/bulk/extend', fields);
      assert.equal(answer.status, 422);
      assert.match(answer.text, /Reason: At least 10 characters\./);
      assert.ok(answer.text.includes('value="9"') && answer.text.includes(requestKey));
      assert.match(answer.text, /Went Live[^]*?Skipped: setup is finished/);
      assert.deepEqual(await eventsOf(tools.tenantId, 'onboarding.extended'), []);
    });

    const ended = (caller: Caller, runId: string) =>
      eventually(
        () => caller.call('GET', `/api/admin/tenants/bulk/${runId}`),
        ({ body }) => body.state === 'done',
      );
    const runIdIn = (address: string) => address.split('/').at(-1) ?? '';

    it('[TEN-5] runs on its own, says of each how it went, and does it once however often it is sent', async () => {
      const mails = async () => (await platform.world.mails(tools.email)).length;
      const before = await mails();
      const fields = { tenant: all(), reason, requestKey: randomUUID() };
      const [sent, twice] = await Promise.all([
        admin.form('/admin/tenants/bulk/remind', fields),
        admin.form('/admin/tenants/bulk/remind', fields),
      ]);
      const to = sent.headers.get('location') ?? '';
      assert.match(to, /^\/admin\/tenants\/bulk\/[0-9a-f-]{36}$/);
      assert.equal(twice.headers.get('location'), to);
      const { body } = await ended(admin, runIdIn(to));
      assert.deepEqual([body.kind, body.total, body.results.length], ['remind', 3, 3]);
      const { text } = await admin.call('GET', to);
      assert.match(text, /Reminder sent: 2 of 3 tenants/);
      assert.match(text, /Went Live[^]*?Skipped[^]*?Setup is finished/);
      assert.match(text, /Waits for Tools[^]*?Done/);
      const again = await admin.form('/admin/tenants/bulk/remind', fields);
      assert.equal(again.headers.get('location'), to);
      await eventually(mails, (count) => count === before + 1);
      assert.deepEqual(
        (await eventsOf(tools.tenantId, 'onboarding.reminded')).map(({ data }) => data),
        [{ step: 'tools', reason }],
      );
      assert.equal((await eventsOf(profile.tenantId, 'onboarding.reminded')).length, 1);
      assert.deepEqual(
        (await eventsOf('ten_platform', 'tenants.helped')).map(({ data }) => data),
        [{ kind: 'remind', reason, done: 2, skipped: 1, refused: 0, unknown: 0 }],
      );
    });

    it('[TEN-5] streams how far it is, and is found again in the bell menu and on the run page', async () => {
      const body = { tenant: all(), reason, requestKey: randomUUID() };
      const { body: started, status } = await admin.call('POST', '/api/admin/tenants/bulk/remind', body);
      assert.equal(status, 202);
      const stream = await admin.call('GET', `/admin/tenants/bulk/${started.runId}/live`);
      assert.match(stream.text, /Reminder sent: 2 of 3 tenants[^]*event: ended/);
      const { text } = await eventually(
        () => admin.call('GET', '/activity'),
        (page) => page.text.includes(`/admin/tenants/bulk/${started.runId}`),
      );
      assert.match(text, /Help for many tenants/);
      const page = (await admin.call('GET', `/admin/workflows/${started.runId}?step=help`)).text;
      assert.match(page, /3 of 3: 1 skipped \(Setup is finished\.\), 2 done/);
      assert.ok(page.includes(`href="/admin/tenants/bulk/${started.runId}"`));
    });

    it('gives more time to many, and a partner helps the own tenants only and sees the own runs only', async () => {
      const partner = await platform.partner();
      const own = 'update tenants set partner_id = $1 where id = $2';
      await platform.world.database.owner(own, [partner.partnerId, profile.tenantId]);
      const sent = { tenant: all().slice(0, 2), days: 5, reason, requestKey: randomUUID() };
      const { body } = await partner.call('POST', '/api/admin/tenants/bulk/extend', sent);
      const answer = await ended(partner, body.runId);
      assert.deepEqual(answer.body.results, [
        { tenantId: tools.tenantId, outcome: 'refused', code: 'tenant.not-found' },
        { tenantId: profile.tenantId, outcome: 'done', code: null },
      ]);
      assert.deepEqual(
        (await eventsOf(profile.tenantId, 'onboarding.extended')).map(({ data }) => data),
        [{ days: 5, reason }],
      );
      assert.deepEqual(await eventsOf(tools.tenantId, 'onboarding.extended'), []);
      const path = `/admin/tenants/bulk/${body.runId}`;
      const { text } = await partner.call('GET', path);
      // Of a tenant out of reach, the partner reads what they sent: its id.
      assert.ok(text.includes('Waits for Profile') && !text.includes('Waits for Tools'));
      assert.ok((await partner.call('GET', '/activity')).text.includes(path));
      assert.equal((await admin.call('GET', path)).status, 200);
      const other = await platform.partner();
      for (const address of [path, `${path}/live`, `/api${path}`])
        assert.equal((await other.call('GET', address)).status, 404, address);
      assert.ok(!(await other.call('GET', '/activity')).text.includes(path));
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
