import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { eventually } from '../../../../support/world.ts';

const reason = 'The customer asked on the telephone';
const unknownTenant = 'ten_00000000000000000000000000';

describe('[WF-6] processes started manually', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  let business: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    business = await platform.business();
  });
  after(() => platform.stop());

  const start = (name: string, body: unknown, key?: string) =>
    admin.call('POST', `/api/admin/processes/${name}/runs`, body, key ? { 'idempotency-key': key } : {});
  const input = () => ({ tenantId: business.tenantId, userId: business.userId });

  it('are listed with their steps, and the schema of those that may be started', async () => {
    const { body } = await admin.call('GET', '/api/admin/processes');
    const of = (name: string) => body.items.find((item: { name: string }) => item.name === name);
    assert.equal(of('onboard-tenant').mayStart, false);
    assert.equal(of('onboard-tenant').inputSchema, null);
    assert.deepEqual(of('confirm-email').inputSchema.required, ['tenantId', 'userId']);
    assert.match((await admin.call('GET', '/admin/processes')).text, /Email confirmation/);
  });

  it('show a form made of the schema of their input, and lead to the run', async () => {
    const page = await admin.call('GET', '/admin/processes/confirm-email');
    assert.match(page.text, /name="input\.tenantId"/);
    const key = /name="requestKey" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const fields = {
      'input.tenantId': business.tenantId,
      'input.userId': business.userId,
      reason,
      requestKey: key,
    };
    const done = await admin.form('/admin/processes/confirm-email', fields);
    assert.equal(done.status, 303);
    const run = await admin.call('GET', done.headers.get('location') ?? '');
    assert.equal(run.status, 200);
    assert.match(run.text, /Staff/);
    // A second click: the same run, not a second mail.
    const again = await admin.form('/admin/processes/confirm-email', fields);
    assert.equal(again.headers.get('location'), done.headers.get('location'));
    const { body } = await admin.call(
      'GET',
      `/api/admin/audit-events?tenant=${business.tenantId}&action=run.triggered`,
    );
    assert.deepEqual(
      body.items.map(({ data }: { data: unknown }) => data),
      [{ process: 'confirm-email', reason }],
    );
  });

  it('show the form again with the messages at their fields', async () => {
    const fields = {
      'input.tenantId': business.tenantId,
      'input.userId': '',
      reason: 'short',
      requestKey: 'key-of-the-test',
    };
    const answer = await admin.form('/admin/processes/confirm-email', fields);
    assert.equal(answer.status, 422);
    // What is wrong with the input and what is wrong with the rest, at once and by the labels.
    assert.match(answer.text, /<a href="#f-input-userId">Person: Enter a value\.<\/a>/);
    assert.match(answer.text, /<a href="#f-reason">Reason: At least 10 characters\.<\/a>/);
    assert.match(answer.text, new RegExp(business.tenantId));
    const missing = await start('confirm-email', { input: {} });
    assert.deepEqual(Object.keys(missing.body.fields).sort(), ['input.tenantId', 'input.userId', 'reason']);
  });

  it('refuse a person of another tenant: their run could never finish [process-foreign-user]', async () => {
    const other = await platform.business();
    const foreign = { tenantId: business.tenantId, userId: other.userId };
    const refused = await start('confirm-email', { input: foreign, reason });
    assert.deepEqual(
      [refused.status, refused.body.fields],
      [422, { 'input.userId': 'This person doesn’t belong to the tenant.' }],
    );
    const form = await admin.form('/admin/processes/confirm-email', {
      'input.tenantId': business.tenantId,
      'input.userId': other.userId,
      reason,
      requestKey: 'key-of-a-foreigner',
    });
    assert.equal(form.status, 422);
    assert.match(form.text, /Person: This person doesn’t belong to the tenant\./);
    const runs = await admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&process=confirm-email`);
    assert.ok(!runs.text.includes(other.userId));
  });

  it('take names in the form, offer to choose where several match, and refuse people of other tenants', async () => {
    const one = await platform.business('Twin Bakery North');
    const two = await platform.business('Twin Bakery South');
    const send = (tenant: string, person: string) =>
      admin.form('/admin/processes/confirm-email', {
        'input.tenantId': tenant,
        'input.userId': person,
        reason,
        requestKey: crypto.randomUUID(),
      });
    const several = await send('twin bakery', one.email);
    assert.equal(several.status, 422);
    assert.match(several.text, /2 tenants match\. Choose one\./);
    for (const { tenantId } of [one, two]) assert.ok(several.text.includes(`<option value="${tenantId}"`));
    const none = await send('no such bakery', one.email);
    assert.match(none.text, /No tenant matches/);
    assert.match(none.text, /value="no such bakery"/);
    const elsewhere = await send('Twin Bakery South', one.email);
    assert.match(elsewhere.text, /No person of this tenant matches/);
    const done = await send('Twin Bakery North', one.email);
    assert.equal(done.status, 303, done.text.slice(0, 300));
    const foreign = await start('confirm-email', {
      input: { tenantId: two.tenantId, userId: one.userId },
      reason,
    });
    assert.deepEqual([foreign.status, Object.keys(foreign.body.fields)], [422, ['input.userId']]);
  });

  it('are the same run for the same key, and another for another', async () => {
    const { tenantId, userId } = await platform.business();
    const request = { input: { tenantId, userId }, reason };
    const first = await start('confirm-email', request, 'a-key-of-the-test');
    assert.equal(first.status, 202, first.text);
    await eventually(
      () => admin.call('GET', `/api/admin/runs/${first.body.runId}`),
      ({ status, body }) => status === 200 && body.state === 'done',
    );
    const same = await start('confirm-email', request, 'a-key-of-the-test');
    assert.equal(same.body.runId, first.body.runId);
    const other = await start('confirm-email', request);
    assert.equal(other.status, 202);
    assert.notEqual(other.body.runId, first.body.runId);
  });

  it('need a tenant that exists, an input that fits and a process that may be started', async () => {
    const answers = [
      await start('confirm-email', { input: { ...input(), tenantId: unknownTenant }, reason }),
      await start('confirm-email', { input: { tenantId: business.tenantId }, reason }),
      await start('onboard-tenant', { input: {}, reason }),
      await start('no-such-process', { input: {}, reason }),
      await start('constructor', { input: {}, reason }),
    ];
    assert.deepEqual(
      answers.map(({ status, body }) => `${status} ${body.code}`),
      [
        '404 tenant.not-found',
        '422 request.invalid',
        '404 process.not-found',
        '404 process.not-found',
        '404 process.not-found',
      ],
    );
    assert.ok(answers[1]?.body.fields['input.userId']);
  });

  it('are not for partners', async () => {
    const partner = await platform.partner();
    assert.equal((await partner.call('GET', '/admin/processes')).status, 403);
    assert.equal(
      (await partner.call('POST', '/api/admin/processes/confirm-email/runs', { input: input(), reason }))
        .status,
      403,
    );
  });
});
