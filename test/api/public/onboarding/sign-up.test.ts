import assert from 'node:assert/strict';
import { type Platform, startPlatform, testPassword } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

describe('[ONB-1] sign-up', function () {
  this.timeout(90_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  const account = (name: string) => ({
    businessName: name,
    ownerName: 'Rosa Rivera',
    email: `${name.toLowerCase().replace(/[^a-z]/g, '')}@example.com`,
    password: testPassword,
  });
  const count = async (table: string, column: string, value: string) =>
    (await platform.world.database.owner(`select 1 from ${table} where ${column} = $1`, [value])).length;

  it('201: makes tenant, owner, membership and session, and each leaves its event', async () => {
    const caller = platform.caller();
    const answer = await caller.call('POST', '/api/public/sign-up', account('Rivera Bakery'));
    assert.equal(answer.status, 201);
    const { tenantId, userId } = answer.body;
    const session = await caller.call('GET', '/api/session');
    assert.deepEqual(
      [session.body.tenantId, session.body.userId, session.body.role],
      [tenantId, userId, 'owner'],
    );
    const events = await platform.world.database.owner<{ action: string; actor_id: string }>(
      'select action, actor_id from events where tenant_id = $1 order by seq limit 3',
      [tenantId],
    );
    assert.deepEqual(
      events.map(({ action }) => action),
      ['tenant.created', 'user.created', 'membership.created'],
    );
    assert.ok(events.every(({ actor_id }) => actor_id === userId));
  });

  it('201: the same Idempotency-Key again, also at the same moment, is the same account', async () => {
    const body = account('Twice Clicked');
    const key = { 'idempotency-key': 'a-key-of-the-form-1' };
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => platform.caller().call('POST', '/api/public/sign-up', body, key)),
    );
    const later = await platform.caller().call('POST', '/api/public/sign-up', body, key);
    assert.deepEqual(
      [...answers, later].map(({ status }) => status),
      [201, 201, 201, 201, 201],
    );
    assert.equal(
      new Set([...answers, later].map(({ body: { tenantId, userId } }) => tenantId + userId)).size,
      1,
    );
    assert.equal(await count('users', 'email', body.email), 1);
    const { tenantId } = later.body;
    assert.equal(await count('memberships', 'tenant_id', tenantId), 1);
    const mails = await eventually(
      () => platform.world.mails(body.email),
      (list) => list.length > 0,
    );
    assert.equal(mails.length, 1);
    assert.equal(mails[0]?.deliveries, 1);
  });

  it('409: a key that was used with other values is refused, and opens no session', async () => {
    const key = { 'idempotency-key': 'a-key-used-before' };
    const first = account('Key First');
    const signUp = (body: object) => platform.caller().call('POST', '/api/public/sign-up', body, key);
    assert.equal((await signUp(first)).status, 201);
    for (const other of [
      { businessName: 'Key Second' },
      { ownerName: 'Jo Other' },
      { password: 'another otter sings 88' },
      { timezone: 'Europe/Paris' },
      { language: 'de' },
    ]) {
      const second = await signUp({ ...first, ...other });
      assert.deepEqual([second.status, second.body.code], [409, 'request.key-reused'], JSON.stringify(other));
      assert.deepEqual(second.headers.getSetCookie(), []);
    }
    assert.equal(await count('tenants', 'name', 'Key Second'), 0);
    assert.equal((await signUp(first)).status, 201);
  });

  it('409: of two at the same moment with one key and other values, one is refused', async () => {
    const key = { 'idempotency-key': 'a-key-at-one-moment' };
    const body = account('One Moment');
    const answers = await Promise.all(
      ['Rosa Rivera', 'Jo Other'].map((ownerName) =>
        platform.caller().call('POST', '/api/public/sign-up', { ...body, ownerName }, key),
      ),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
  });

  it('409: a taken name or address comes back with the message at its field, and nothing is left behind', async () => {
    const taken = account('Taken Name');
    await platform.caller().call('POST', '/api/public/sign-up', taken);
    const name = await platform
      .caller()
      .call('POST', '/api/public/sign-up', { ...taken, email: 'someone@else.example' });
    assert.deepEqual([name.status, name.body.code], [409, 'tenant.name-taken']);
    assert.match(name.body.title, /already exists/);
    assert.ok(name.body.fields.businessName);
    assert.equal(await count('users', 'email', 'someone@else.example'), 0);
    const address = await platform
      .caller()
      .call('POST', '/api/public/sign-up', { ...taken, businessName: 'Another Name' });
    assert.deepEqual([address.status, address.body.code], [409, 'user.email-taken']);
    assert.equal(await count('tenants', 'name', 'Another Name'), 0);
  });

  it('409 on the same form: values are kept, the password is not, the message stands at the field', async () => {
    const answer = await platform.caller().form('/sign-up', {
      ...account('Taken name'),
      email: 'third@else.example',
      timezone: 'UTC',
      language: 'en',
      requestKey: 'request-key-1',
    });
    assert.equal(answer.status, 409);
    assert.match(answer.text, /value="Taken name"/);
    assert.match(answer.text, /This name is taken/);
    assert.ok(!answer.text.includes(testPassword));
  });

  it('409 on the form that was sent again with other values: the address has its account', async () => {
    const form = { ...account('Back Button'), timezone: 'UTC', language: 'en', requestKey: 'request-key-2' };
    assert.equal((await platform.caller().form('/sign-up', form)).status, 303);
    const again = await platform.caller().form('/sign-up', { ...form, ownerName: 'Rosa M. Rivera' });
    assert.equal(again.status, 409);
    assert.match(again.text, /already has an account/);
    assert.ok(!again.text.includes('Idempotency-Key'));
  });

  it('422: every wrong or missing field is named, unknown ones are refused', async () => {
    const answer = await platform.caller().call('POST', '/api/public/sign-up', {
      businessName: 'x',
      email: 'not an address',
      password: 'short',
      timezone: 'Mars/Olympus',
      role: 'superAdmin',
    });
    assert.equal(answer.status, 422);
    assert.match(answer.headers.get('content-type') ?? '', /problem\+json/);
    assert.deepEqual(Object.keys(answer.body.fields).sort(), [
      'businessName',
      'email',
      'ownerName',
      'password',
      'role',
      'timezone',
    ]);
  });

  it('422: passwords an attacker tries first are refused', async () => {
    for (const password of ['password12345', 'riverabakery1', 'aaaaaaaaaaaaaaaa', 'abcdefghijklmnop']) {
      const answer = await platform
        .caller()
        .call('POST', '/api/public/sign-up', { ...account('Rivera Bakery Two'), password });
      assert.deepEqual([answer.status, answer.body.code], [422, 'password.too-weak'], password);
    }
  });

  it('400, 413, 415: what cannot be read is refused with a problem', async () => {
    const send = (body: string, headers = {}) =>
      platform.caller().call('POST', '/api/public/sign-up', body, headers);
    assert.equal((await send('{"a":')).status, 400);
    assert.equal((await send(JSON.stringify({ ownerName: 'x'.repeat(300_000) }))).status, 413);
    assert.equal(
      (await send('a', { 'content-type': 'application/json', 'content-encoding': 'nonsense' })).status,
      415,
    );
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/xml']) {
      assert.equal((await send('{}', { 'content-type': type })).status, 415, type);
    }
  });

  it('[USR-1] opening the link confirms nothing, its button does, and a second click finds that done', async () => {
    const owner = await platform.business('Link Clicker');
    const [mail] = await eventually(
      () => platform.world.mails(owner.email),
      (mails) => mails.length > 0,
    );
    const token = /verify-email\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
    assert.ok(token);
    const isConfirmed = async () => {
      const [user] = await platform.world.database.owner<{ email_verified_at: Date | null }>(
        'select email_verified_at from users where id = $1',
        [owner.userId],
      );
      return user?.email_verified_at !== null;
    };
    const open = () => platform.caller().call('GET', `/verify-email?token=${token}`);
    // As a mail scanner does.
    const head = await platform.caller().call('HEAD', `/verify-email?token=${token}`);
    assert.equal(head.status, 200);
    for (const scan of [await open(), await open()]) assert.match(scan.text, /Confirm email address/);
    assert.equal(await isConfirmed(), false);
    const click = () => platform.caller().form('/verify-email', { token });
    assert.match((await click()).text, /is confirmed/);
    assert.equal(await isConfirmed(), true);
    for (const again of [await click(), await open()]) assert.match(again.text, /already confirmed/);
    assert.match((await platform.caller().form('/verify-email', { token: 'x' })).text, /no longer works/);
    const events = await platform.world.database.owner(
      `select 1 from events where tenant_id = $1 and action = 'user.email-verified'`,
      [owner.tenantId],
    );
    assert.equal(events.length, 1);
  });
});
