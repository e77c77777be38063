import assert from 'node:assert/strict';
import { type Answer, type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

type Business = Awaited<ReturnType<Platform['business']>>;

const why = 'Written by the test, as a reason';
const card = { number: '4242424242424242', expMonth: 12, expYear: 2034, cvc: '123' };
const profile = {
  legalName: 'Test Ltd',
  industry: 'Retail',
  teamSize: '2–10',
  country: 'ES',
  timezone: 'Europe/Madrid',
  language: 'en',
};

describe('tenants, people and the log as administrators see them', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  let business: Business;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    business = await platform.business('Rivera Bakery');
    await platform.business('Atelier Nuit');
    await business.call('POST', '/api/client/onboarding/steps/profile', profile);
    const plan = { planKey: 'growth', interval: 'year', start: 'now', card };
    await business.call('POST', '/api/client/onboarding/steps/plan', plan);
    await eventually(
      () => admin.call('GET', '/api/admin/tenants?step=tools'),
      ({ body }) => body.items.length === 1,
    );
  });
  after(() => platform.stop());

  const names = async (query: string) =>
    ((await admin.call('GET', `/api/admin/tenants?${query}`)).body.items as { name: string }[]).map(
      ({ name }) => name,
    );

  describe('[TEN-1] the overview', () => {
    it('searches, filters and sorts both ways', async () => {
      assert.deepEqual(await names('q=rivera'), ['Rivera Bakery']);
      assert.deepEqual(await names('plan=growth&status='), ['Rivera Bakery']);
      assert.deepEqual(await names('sort=name'), ['Atelier Nuit', 'Rivera Bakery']);
      assert.deepEqual(await names('sort=-name'), ['Rivera Bakery', 'Atelier Nuit']);
      assert.deepEqual(await names('sort=-mrr'), ['Rivera Bakery', 'Atelier Nuit']);
      for (const sort of ['problems', '-activity', 'created', 'nonsense'])
        assert.equal((await names(`sort=${sort}`)).length, 2);
    });

    it('pages by cursor in every order, and refuses another user’s cursor', async () => {
      for (const sort of ['name', '-mrr', 'problems', '-activity', '']) {
        const first = await admin.call('GET', `/api/admin/tenants?limit=1&sort=${sort}`);
        const second = await admin.call(
          'GET',
          `/api/admin/tenants?limit=1&sort=${sort}&cursor=${first.body.nextCursor}`,
        );
        assert.notEqual(first.body.items[0].id, second.body.items[0].id, sort);
        assert.equal(second.body.nextCursor, null, sort);
      }
      assert.equal((await admin.call('GET', '/api/admin/tenants?cursor=nonsense')).status, 422);
      assert.equal((await admin.call('GET', '/admin/tenants?cursor=nonsense')).status, 422);
    });

    it('counts a yearly plan as a twelfth a month', async () => {
      const { body } = await admin.call('GET', '/api/admin/tenants?q=rivera');
      assert.equal(body.items[0].mrrMinor, Math.round(149_000 / 12));
    });
  });

  describe('[TEN-2] the tenant page', () => {
    it('has onboarding, people, invoices and activity, each at its own URL', async () => {
      const at = async (tab: string) =>
        (await admin.call('GET', `/admin/tenants/${business.tenantId}?tab=${tab}`)).text;
      assert.match(await at('overview'), /Test Ltd/);
      assert.match(await at('onboarding'), /Waiting for the owner to choose tools/);
      assert.match(await at('people'), new RegExp(business.email));
      assert.match(await at('invoices'), /BIZ-\d{4}-\d{6}/);
      assert.match(await at('timeline'), /Subscription started/);
    });

    it('opens with what other capabilities say of it, on the page and in JSON', async () => {
      const { body } = await admin.call('GET', `/api/admin/tenants/${business.tenantId}`);
      assert.equal(body.legalName, 'Test Ltd');
      assert.equal(body.onboarding.currentStep, 'tools');
      const { text } = await admin.call('GET', `/admin/tenants/${business.tenantId}`);
      assert.ok(text.includes(body.onboarding.why.text.slice(0, 40)), 'the sentence is not shown');
    });

    it('is not found under an id that is none, nor for a partner of others', async () => {
      const partner = await platform.partner();
      for (const caller of [admin, partner]) {
        assert.equal((await caller.call('GET', '/admin/tenants/nonsense')).status, 404);
        assert.equal(
          (await caller.call('GET', '/api/admin/tenants/ten_00000000000000000000000000')).status,
          404,
        );
      }
      for (const action of ['retry', 'skip', 'complete', 'remind', 'extend']) {
        const path = `/api/admin/tenants/${business.tenantId}/onboarding/${action}`;
        const more = action === 'extend' ? { days: 3 } : action === 'remind' ? {} : { step: 'tools' };
        const body = { ...more, reason: why };
        assert.equal((await partner.call('POST', path, body)).status, 404, action);
      }
    });
  });

  describe('[ONB-4] help with onboarding', () => {
    const help = (action: string, body: unknown) =>
      admin.call('POST', `/api/admin/tenants/${business.tenantId}/onboarding/${action}`, body);

    it('sends the next reminder at once, and writes down who and why', async () => {
      assert.equal((await help('remind', {})).status, 422);
      assert.equal((await help('remind', { reason: why })).status, 200);
      const { body } = await admin.call(
        'GET',
        `/api/admin/audit-events?tenant=${business.tenantId}&action=onboarding.reminded`,
      );
      assert.deepEqual(
        body.items.map(({ data, actorName }: Record<string, unknown>) => [data, actorName]),
        [[{ step: 'tools', reason: why }, 'Staff']],
      );
      const { text } = await admin.call('GET', `/admin/tenants/${business.tenantId}?tab=timeline`);
      assert.match(text, new RegExp(`Reminder sent manually[^]*Step: Tools · “${why}”`));
      const mails = await eventually(
        () => platform.world.mails(business.email),
        (found) => found.length >= 3,
      );
      assert.ok(mails.some(({ text }) => /tools/i.test(text)));
    });

    it('gives more time, for a reason', async () => {
      assert.equal((await help('extend', { days: 7, reason: 'short' })).status, 422);
      assert.equal((await help('extend', { days: 7, reason: why })).status, 200);
      const { body } = await admin.call(
        'GET',
        `/api/admin/audit-events?tenant=${business.tenantId}&action=onboarding.extended`,
      );
      assert.deepEqual(body.items[0].data, { days: 7, reason: why });
      assert.equal(body.items[0].actorName, 'Staff');
    });

    it('skips and completes steps for the customer, and refuses what only the customer can do', async () => {
      assert.equal((await help('skip', { step: 'review', reason: why })).body.code, 'step.not-skippable');
      assert.equal((await help('complete', { step: 'plan', reason: why })).status, 422);
      assert.equal((await help('retry', { step: 'tools', reason: why })).body.code, 'step.not-open');
      assert.equal((await help('skip', { step: 'tools', reason: why })).body.currentStep, 'website');
      assert.equal((await help('complete', { step: 'website', reason: why })).body.currentStep, 'analytics');
      const { body } = await admin.call(
        'GET',
        `/api/admin/audit-events?tenant=${business.tenantId}&action=onboarding.step-completed`,
      );
      assert.ok(
        body.items.some(
          ({ data }: { data: Record<string, unknown> }) => data['reason'] === why && data['onBehalf'],
        ),
      );
    });

    it('opens the dialog again with what was typed, and leads back to the tenant when it is done', async () => {
      const path = `/admin/tenants/${business.tenantId}/onboarding/extend`;
      const refused = await admin.form(path, { days: '700', reason: why });
      assert.equal(refused.status, 422);
      assert.match(refused.text, /At most 90\./);
      assert.match(refused.text, /value="700"/);
      const done = await admin.form(path, { days: '3', reason: why });
      assert.equal(done.headers.get('location'), `/admin/tenants/${business.tenantId}?tab=onboarding`);
    });
  });

  describe('[ONB-5] the funnel', () => {
    it('counts who reached, finished and stands at each step', async () => {
      const { body } = await admin.call('GET', '/api/admin/onboarding/funnel?days=7');
      const step = (name: string) => body.steps.find((one: { step: string }) => one.step === name);
      assert.deepEqual([step('account').reached, step('account').completed], [2, 2]);
      assert.deepEqual([step('plan').reached, step('plan').completed, step('plan').droppedOff], [1, 1, 0]);
      assert.equal(typeof step('plan').medianMs, 'number');
    });

    it('says of a tenant that stands too long why, and what to do', async () => {
      const age = `update run_steps set since = now() - interval '5 days' where tenant_id = $1 and state = 'waiting'`;
      // The projection writes what Temporal says again and again for a while, so the clock is turned back each time.
      const whenOld = (path: string, holds: (answer: Answer) => boolean) =>
        eventually(async () => {
          await platform.world.database.owner(age, [business.tenantId]);
          return admin.call('GET', path);
        }, holds);
      const { body } = await whenOld(
        '/api/admin/onboarding/funnel',
        (answer) => answer.body.stuck.length > 0,
      );
      assert.deepEqual(
        body.stuck.map((one: { tenantId: string; action: string }) => [one.tenantId, one.action]),
        [[business.tenantId, 'remind']],
      );
      assert.match(body.stuck[0].why, /^Waiting for the owner to .*\. Nothing is wrong\./);
      await whenOld('/admin/onboarding', ({ text }) => text.includes('Rivera Bakery'));
      await whenOld('/admin', ({ text }) =>
        text.includes('Onboarding of Rivera Bakery: Waiting for the owner'),
      );
    });
  });

  describe('[USR-1] people', () => {
    it('are found by name, address and tenant, by role and state, with their last sign-in', async () => {
      const find = async (query: string) =>
        (await admin.call('GET', `/api/admin/people?${query}`)).body.items;
      assert.deepEqual(
        (await find('q=rivera')).map(({ id }: { id: string }) => id),
        [business.userId],
      );
      assert.equal((await find(`q=${business.email}`)).length, 1);
      assert.equal((await find('role=superAdmin')).length, 1);
      assert.equal((await find('role=owner&status=unconfirmed')).length, 0);
      assert.equal((await find('role=owner&status=active')).length, 2);
      assert.ok((await find('q=rivera'))[0].lastSignInAt);
      assert.match((await admin.call('GET', '/admin/people?sort=name')).text, /Olga Owner/);
    });
  });

  describe('[SEC-7] the audit log', () => {
    it('says to the second when, and of a mail what it was about', async () => {
      const { text } = await admin.call('GET', `/admin/audit?tenant=${business.tenantId}&action=mail.sent`);
      assert.match(text, /<time[^>]*>\d+ \w+ \d{4}, \d\d:\d\d:\d\d /);
      for (const about of ['Email: Confirm your email address', 'Email: Setup reminder', 'Email: Invoice'])
        assert.ok(text.includes(about), about);
    });

    it('is filtered by what, who, whom and when', async () => {
      const find = async (query: string) =>
        (await admin.call('GET', `/api/admin/audit-events?${query}`)).body.items;
      assert.equal((await find('action=tenant.created')).length, 2);
      assert.ok(
        (await find('actor=olga')).every(
          ({ actorName }: { actorName: string }) => actorName === 'Olga Owner',
        ),
      );
      assert.equal((await find('to=2020-01-01')).length, 0);
      assert.ok((await find('from=2020-01-01&to=&actor=')).length > 5);
      assert.equal((await admin.call('GET', '/api/admin/audit-events?action=nonsense')).status, 422);
    });

    it('is checked chain by chain, and names what was tampered with', async () => {
      const verify = async (body: unknown) => admin.call('POST', '/api/admin/audit/verify', body);
      const whole = await verify({});
      assert.equal(whole.body.intact, true);
      assert.ok(whole.body.chains.length >= 3);
      assert.equal((await verify({ tenantId: 'ten_00000000000000000000000000' })).status, 404);
      const { owner } = platform.world.database;
      await owner('alter table events disable trigger user');
      await owner(
        `update events set body = jsonb_set(body, '{data}', '{"x": 1}') where tenant_id = $1 and seq = 2`,
        [business.tenantId],
      );
      await owner('alter table events enable trigger user');
      const { body } = await verify({ tenantId: business.tenantId });
      assert.deepEqual(
        [body.intact, body.chains[0].broken.seq, body.chains[0].name],
        [false, 2, 'Rivera Bakery'],
      );
      const led = await admin.form('/admin/audit/verify', {});
      const { text } = await admin.call('GET', led.headers.get('location') ?? '');
      assert.match(text, /Entry 2: the content was changed/);
    });
  });

  it('the palette finds tenants, people, runs, pages and actions, and a customer only the own', async () => {
    const found = async (caller: Caller, q: string) =>
      (await caller.call('GET', `/api/search?q=${q}`)).body.items;
    const kinds = (await found(admin, 'rivera')).map(({ kind }: { kind: string }) => kind);
    assert.deepEqual(new Set(kinds), new Set(['tenant', 'person', 'run']));
    assert.equal((await found(admin, 'audit'))[0].href, '/admin/audit');
    assert.deepEqual(await found(business, 'rivera'), []);
    assert.deepEqual((await found(business, 'team'))[0], {
      title: 'Team',
      subtitle: 'Page',
      href: '/app/team',
      kind: 'page',
    });
    const offered = (await found(admin, '')).map(({ kind }: { kind: string }) => kind);
    assert.deepEqual(new Set(offered), new Set(['action']));
  });
});
