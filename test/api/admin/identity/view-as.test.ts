import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { sameBrowser, viewAs, viewReason } from '../../../support/views.ts';
import { eventually } from '../../../support/world.ts';

const sql = (platform: Platform, text: string, params: unknown[] = []) =>
  platform.world.database.owner<Record<string, any>>(text, params);

describe('[SEC-2] viewing the portal as a person', function () {
  this.timeout(60_000);
  let platform: Platform;
  let client: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    platform = await startPlatform();
    client = await platform.business('Rivera Bakery');
  });
  after(() => platform.stop());

  const certificateOf = (admin: Caller, id: string) =>
    eventually(
      () => admin.call('GET', `/api/admin/impersonations/${id}/certificate`),
      ({ status }) => status === 200,
    );

  it('opens the person’s portal, keeps every request, tells the person, and certifies exactly that', async () => {
    const admin = await platform.admin();
    const own = sameBrowser(admin, platform.caller());
    const view = await viewAs(admin, client.userId, { ticket: 'T-17' });
    const me = await admin.call('GET', '/api/session');
    assert.deepEqual([me.body.userId, me.body.tenantId], [client.userId, client.tenantId]);
    const page = await admin.call('GET', '/app/team?q=private');
    assert.equal(page.status, 200);
    assert.match(page.text, /You’re viewing as Olga Owner\./);
    assert.match(page.text, /data-view-remaining="\d+"/);
    await admin.call('GET', '/app/billing/invoices/inv_x');
    const refused = await admin.call('POST', '/api/client/team/invitations', {});
    assert.deepEqual([refused.status, refused.body.code], [403, 'view.refused']);
    const ended = await admin.call('POST', '/api/impersonation/end');
    assert.deepEqual(ended.body, { impersonationId: view.id, ended: true });
    assert.equal((await admin.call('GET', '/api/session')).body.role, 'superAdmin');

    const { body } = await certificateOf(admin, view.id);
    assert.equal(body.isGenuine, true);
    assert.deepEqual(
      body.certificate.read.map(({ about }: { about: string }) => about),
      ['GET /api/session', 'GET /app/team', 'GET /app/billing/invoices/:id'],
    );
    assert.deepEqual(body.certificate.read[2].data, { id: 'inv_x' });
    assert.deepEqual(
      body.certificate.actions
        .map(({ action, about }: Record<string, string>) => `${action} ${about}`)
        .slice(0, 2),
      [
        'permission.refused POST /api/client/team/invitations',
        'impersonation.change-requested POST /api/impersonation/end',
      ],
    );
    assert.ok(!JSON.stringify(body).includes('private'), 'what was searched for is kept');
    assert.deepEqual(
      [body.certificate.view.endReason, body.certificate.view.ticket, body.certificate.view.reason],
      ['ended', 'T-17', viewReason],
    );
    assert.deepEqual(
      [body.certificate.person.id, body.certificate.administrator.name, body.certificate.tenant.id],
      [client.userId, 'Staff', client.tenantId],
    );
    const mails = await eventually(
      () => platform.world.mails(client.email),
      (all) => all.some(({ subject }) => subject.includes('viewing')),
    );
    const told = mails.filter(({ subject }) => subject.includes('viewing'));
    assert.equal(told.length, 1);
    assert.match(told[0]?.text ?? '', /Staff.*is viewing|Reason given: Customer asked/s);
    assert.ok(!told[0]?.text.includes(view.exchangeToken));
    const events = await sql(
      platform,
      `select body from events where actor_id = $1 and impersonator_id is not null and tenant_id = $2`,
      [client.userId, client.tenantId],
    );
    assert.ok(events.every(({ body: event }) => event.context.sessionId && event.impersonatorId));
    // The person sees it, and so do the owners of the business.
    const listed = await client.call('GET', '/api/client/support-access');
    assert.deepEqual([listed.body.access, listed.body.items[0].id], ['on', view.id]);
    const theirs = await client.call('GET', `/api/client/support-access/${view.id}/certificate`);
    assert.deepEqual([theirs.status, theirs.body.isGenuine], [200, true]);
    for (const path of [`/app/support-access/${view.id}`, '/app/support-access'])
      assert.equal((await client.call('GET', path)).status, 200, path);
    for (const path of ['/admin/views', `/admin/views/${view.id}`, `/admin/people/${client.userId}`])
      assert.equal((await own.call('GET', path)).status, 200, path);
    const person = await own.call('GET', `/admin/people/${client.userId}?tab=activity`);
    assert.match(person.text, /Staff viewing as this person/);
    const tenant = await own.call('GET', `/admin/tenants/${client.tenantId}?tab=timeline`);
    assert.match(tenant.text, /via Staff/);
    assert.equal(
      (await own.call('GET', '/admin/views/ended')).headers.get('location'),
      `/admin/views/${view.id}`,
    );
    const stranger = await platform.business();
    assert.equal(
      (await stranger.call('GET', `/api/client/support-access/${view.id}/certificate`)).status,
      404,
    );
  });

  it('tells a certificate that was altered from a genuine one', async () => {
    const admin = await platform.admin();
    const { id } = await viewAs(admin, client.userId);
    await admin.call('GET', '/app');
    await admin.call('POST', '/api/impersonation/end');
    const { body } = await certificateOf(admin, id);
    assert.equal(body.isGenuine, true);
    const alter = (change: string) =>
      sql(platform, `update auth.impersonations set certificate = ${change} where id = $1`, [id]);
    await alter(`jsonb_set(certificate, '{read}', '[]')`);
    assert.equal(
      (await admin.call('GET', `/api/admin/impersonations/${id}/certificate`)).body.isGenuine,
      false,
    );
    assert.match((await admin.call('GET', `/admin/views/${id}`)).text, /signature doesn’t match/);
    await sql(platform, 'update auth.impersonations set certificate = $2::jsonb where id = $1', [
      id,
      JSON.stringify(body.certificate),
    ]);
    assert.equal(
      (await admin.call('GET', `/api/admin/impersonations/${id}/certificate`)).body.isGenuine,
      true,
    );
    await alter(`jsonb_set(certificate, '{keyId}', '"0000000000000000"')`);
    assert.equal(
      (await admin.call('GET', `/api/admin/impersonations/${id}/certificate`)).body.isGenuine,
      false,
    );
  });

  it('opens once, also for 20 at the same time, only for the one who started it, only within a minute', async () => {
    const [admin, other] = [await platform.admin(), await platform.admin()];
    const start = async () =>
      (await admin.call('POST', `/api/admin/impersonate/${client.userId}`, { reason: viewReason })).body;
    const first = await start();
    const open = (caller: Caller, exchangeToken: string) =>
      caller.call('POST', '/api/impersonation/open', { exchangeToken });
    assert.equal((await open(other, first.exchangeToken)).body.code, 'view.not-openable');
    const browsers = Array.from({ length: 20 }, () => sameBrowser(admin, platform.caller()));
    const answers = await Promise.all(browsers.map((browser) => open(browser, first.exchangeToken)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array<number>(19).fill(410)]);
    const [stored] = await sql(platform, 'select * from auth.impersonations where id = $1', [
      first.impersonationId,
    ]);
    assert.ok(!JSON.stringify(stored).includes(first.exchangeToken));
    await admin.call('POST', `/api/admin/impersonations/${first.impersonationId}/revoke`, {});
    const late = await start();
    await sql(
      platform,
      `update auth.impersonations set started_at = started_at - interval '61 seconds' where id = $1`,
      [late.impersonationId],
    );
    assert.equal((await open(admin, late.exchangeToken)).body.code, 'view.not-openable');
  });

  it('is one view for a double click, and one at a time for an administrator', async () => {
    const admin = await platform.admin();
    const post = (key?: string) =>
      admin.call(
        'POST',
        `/api/admin/impersonate/${client.userId}`,
        { reason: viewReason },
        key ? { 'idempotency-key': key } : {},
      );
    const [one, two] = await Promise.all([post('double-click-1'), post('double-click-1')]);
    assert.deepEqual([one.status, two.status], [201, 201]);
    assert.deepEqual(one.body, two.body);
    const third = await post();
    assert.deepEqual([third.status, third.body.code], [409, 'view.already-open']);
    const rows = await sql(platform, 'select id from auth.impersonations where id = $1', [
      one.body.impersonationId,
    ]);
    assert.equal(rows.length, 1);
  });

  it('refuses a short reason, a wrong time, everyone but super admins, and the wrong people', async () => {
    const [admin, partner] = [await platform.admin(), await platform.partner()];
    const post = (caller: Caller, userId: string, body: object) =>
      caller.call('POST', `/api/admin/impersonate/${userId}`, { reason: viewReason, ...body });
    for (const body of [
      { reason: 'too short' },
      { minutes: 0 },
      { minutes: 61 },
      { minutes: 1.5 },
      { mode: 'all' },
    ])
      assert.equal((await post(admin, client.userId, body)).status, 422, JSON.stringify(body));
    for (const caller of [partner, client])
      assert.equal((await post(caller, client.userId, {})).body.code, 'permission.denied');
    const { userId: self } = (await admin.call('GET', '/api/session')).body;
    const { userId: peer } = (await (await platform.admin()).call('GET', '/api/session')).body;
    const { userId: agent } = (await partner.call('GET', '/api/session')).body;
    for (const target of [self, peer, agent]) {
      const answer = await post(admin, target, {});
      assert.deepEqual([answer.status, answer.body.code], [409, 'view.target-refused'], answer.text);
    }
    assert.equal((await post(admin, 'usr_00000000000000000000000000', {})).status, 404);
    const other = await platform.business();
    assert.equal(
      (await post(admin, client.userId, { tenantId: other.tenantId })).body.code,
      'view.target-refused',
    );
    await sql(platform, `update users set status = 'suspended' where id = $1`, [other.userId]);
    assert.equal((await post(admin, other.userId, {})).body.code, 'view.target-refused');
    const form = await admin.form(`/admin/people/${client.userId}/view-as`, {
      reason: 'short',
      minutes: '90',
      requestKey: 'form-key-1',
    });
    assert.equal(form.status, 422);
    assert.match(form.text, /At least 10 characters\./);
    assert.match(form.text, /At most 60\./);
    await sql(
      platform,
      `update auth.sessions set verified_at = now() - interval '6 minutes' where user_id = $1`,
      [self],
    );
    assert.equal((await post(admin, client.userId, {})).body.code, 'session.step-up-required');
  });

  it('starts by the form, with a second, separately recorded choice for changes, and ends by the banner', async () => {
    const admin = await platform.admin();
    const [key, path] = [crypto.randomUUID(), `/admin/people/${client.userId}/view-as`];
    assert.equal((await admin.call('GET', path)).status, 200);
    const fields = { reason: viewReason, minutes: '5', mode: 'change', ticket: '', requestKey: key };
    const started = await admin.form(path, fields);
    assert.deepEqual(
      [started.status, started.headers.get('location')],
      [303, '/'],
      started.text.slice(0, 600),
    );
    assert.match((await admin.call('GET', '/app/team')).text, /Your changes are made in their name\./);
    const [row] = await sql(
      platform,
      `select id, mode from auth.impersonations where user_id = $1 and ended_at is null and mode = 'change'`,
      [client.userId],
    );
    const chosen = await sql(
      platform,
      `select 1 from events where action = 'impersonation.changes-allowed' and body #>> '{targets,1,id}' = $1`,
      [row?.['id']],
    );
    assert.equal(chosen.length, 1);
    const ended = await admin.form('/view/end', {});
    assert.equal(ended.headers.get('location'), '/admin/views/ended');
    const landed = await admin.call('GET', `/admin/views/${row?.['id']}`);
    assert.match(landed.text, /This view has ended/);
    assert.match(landed.text, new RegExp(`href="/admin/people/${client.userId}"`));
  });

  it('refuses where the business has turned support access off, which ends what is open', async () => {
    const [admin, business] = [await platform.admin(), await platform.business()];
    const { id } = await viewAs(admin, business.userId);
    const off = await business.call('POST', '/api/client/support-access', { access: 'off' });
    assert.deepEqual(off.body, { access: 'off' });
    assert.equal((await admin.call('GET', '/api/session')).body.code, 'view.ended');
    assert.equal(
      (await admin.call('GET', `/api/admin/impersonations/${id}`)).body.endReason,
      'support-access-off',
    );
    const again = await admin.call('POST', `/api/admin/impersonate/${business.userId}`, {
      reason: viewReason,
    });
    assert.deepEqual([again.status, again.body.code], [409, 'view.support-access-off']);
    assert.match(again.text, /turned support access off/);
    await business.form('/app/support-access', { access: 'on' });
    await viewAs(admin, business.userId);
  });
});
