import assert from 'node:assert/strict';
import {
  type Answer,
  type Caller,
  type Platform,
  startPlatform,
  testPassword,
} from '../../../support/api.ts';
import { confirmationToken } from '../../../support/confirm.ts';
import { eventually } from '../../../support/world.ts';

describe('[ONB-1] sign-up', function () {
  this.timeout(90_000);
  let platform: Platform;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
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

  const signUp = (body: object, headers = {}, caller = platform.caller()) =>
    caller.call('POST', '/api/public/sign-up', body, headers);
  /** The form of a page, without what is new each time. */
  const formOf = (body: Record<string, string>, requestKey = crypto.randomUUID()) =>
    platform.caller().form('/sign-up', { ...body, timezone: 'UTC', language: 'en', requestKey });
  const mailsTo = (email: string, count: number) =>
    eventually(
      () => platform.world.mails(email),
      (mails) => mails.length >= count,
    );
  /** The states of the onboardings that began after a moment, as lists show them. */
  const statesSince = async (since: string) => {
    const { body } = await admin.call('GET', '/api/admin/runs?process=onboard-tenant&limit=100');
    const runs = body.items as { state: string; startedAt: string }[];
    return runs.filter(({ startedAt }) => startedAt > since).map(({ state }) => state);
  };

  it('202: makes tenant, owner and membership; confirming in the same browser opens the session', async () => {
    const caller = platform.caller();
    const body = account('Rivera Bakery');
    const answer = await signUp(body, {}, caller);
    assert.deepEqual([answer.status, answer.body], [202, { mailed: true }]);
    assert.equal((await caller.call('GET', '/api/session')).status, 401);
    const [cookie = '', ...others] = answer.headers.getSetCookie();
    assert.deepEqual(others, []);
    assert.match(cookie, /^bizosaas\.sign-up=.*; Max-Age=3600; .*HttpOnly; SameSite=Lax/);
    const token = await confirmationToken(platform.world.mails, body.email);
    const confirmed = await caller.form('/verify-email', { token });
    assert.deepEqual([confirmed.status, confirmed.headers.get('location')], [303, '/app/setup']);
    const session = await caller.call('GET', '/api/session');
    const { tenantId, userId, role, email } = session.body;
    assert.deepEqual([role, email], ['owner', body.email]);
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

  it('202: the same Idempotency-Key again, also at the same moment, is the same account', async () => {
    const body = account('Twice Clicked');
    const key = { 'idempotency-key': 'a-key-of-the-form-1' };
    const callers = [1, 2, 3, 4].map(() => platform.caller());
    const answers = await Promise.all(callers.map((caller) => signUp(body, key, caller)));
    const token = await confirmationToken(platform.world.mails, body.email);
    answers.push(await signUp(body, key));
    // Of a double click, the browser keeps the cookie of the last answer.
    const last = callers[3] as Caller;
    assert.equal((await last.call('POST', '/api/public/email-verifications', { token })).body.signedIn, true);
    answers.push(await signUp(body, key));
    assert.deepEqual(
      answers.map(({ status, text }) => [status, text]),
      answers.map(() => [202, '{"mailed":true}']),
    );
    assert.equal(await count('users', 'email', body.email), 1);
    assert.equal(await count('tenants', 'name', body.businessName), 1);
    const mails = await platform.world.mails(body.email);
    assert.deepEqual(
      mails.map(({ deliveries }) => deliveries),
      [1],
    );
  });

  it('202: a key that was used with other values reaches nothing of the first sign-up', async () => {
    const key = { 'idempotency-key': 'a-key-used-before' };
    const first = account('Key First');
    await signUp(first, key);
    const token = await confirmationToken(platform.world.mails, first.email);
    const strangers: Caller[] = [];
    for (const other of [{ businessName: 'Key Second' }, { password: 'another otter sings 88' }]) {
      const stranger = platform.caller();
      strangers.push(stranger);
      const second = await signUp({ ...first, ...other }, key, stranger);
      assert.deepEqual([second.status, second.body], [202, { mailed: true }], JSON.stringify(other));
    }
    // Even with the link, the browser that didn't know the password is not let in.
    for (const stranger of strangers) {
      const led = await stranger.call('POST', '/api/public/email-verifications', { token });
      assert.deepEqual(led.body, { confirmed: true, signedIn: false });
    }
    assert.equal(await count('tenants', 'name', 'Key Second'), 0);
    assert.equal(await count('users', 'email', first.email), 1);
  });

  it('[SEC-4] a known address gets the same answer in the same words; only its mailbox learns of it', async () => {
    const owner = await platform.business('Known Already');
    const before = await platform.world.mails(owner.email);
    const since = new Date().toISOString();
    const stable = (answer: Answer) => ({
      status: answer.status,
      headers: Object.fromEntries(
        [...answer.headers].filter(([name]) => !/^(date|set-cookie|x-request-id|ratelimit.*)$/.test(name)),
      ),
      cookies: answer.headers
        .getSetCookie()
        .map((line) => line.replace(/=[^;]*/, '=').replace(/Expires=[^;]*/, '')),
      // As long as each other, too: what is sealed in the cookie.
      lengths: answer.headers.getSetCookie().map((line) => line.split(';')[0]?.length),
      text: answer.text,
    });
    const known = { ...account('Another Name'), email: owner.email };
    const unknown = account('Another Name');
    assert.deepEqual(stable(await signUp(known)), stable(await signUp(unknown)));

    // The page says the address that was typed, here one as long; nothing else differs.
    const page = async (email: string) => {
      const { headers, text, ...rest } = stable(
        await formOf({ ...known, businessName: 'By The Form', email }),
      );
      const nonce = /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1] ?? '';
      const plain = (of: string) =>
        of
          .replaceAll(nonce, 'NONCE')
          .replaceAll(email, 'ADDRESS')
          .replaceAll(encodeURIComponent(email), 'ADDRESS');
      return { ...rest, text: plain(text), policy: plain(headers['content-security-policy'] ?? '') };
    };
    const shown = await page(owner.email);
    assert.deepEqual(shown, await page(owner.email.replace(/^..../, 'none')));
    assert.match(shown.text, /Check your email[^]*ADDRESS/);

    const mails = await mailsTo(owner.email, before.length + 1);
    const [told] = mails;
    assert.match(told?.subject ?? '', /already have an account/);
    assert.match(told?.text ?? '', /\/sign-in/);
    assert.doesNotMatch(told?.text ?? '', /verify-email|Another Name/);
    // Two of each kind.
    await eventually(
      () => statesSince(since),
      (states) => states.sort().join() === 'refused,refused,waiting,waiting',
    );
    // Two sign-ups within an hour are told once.
    assert.equal((await platform.world.mails(owner.email)).length, before.length + 1);
    assert.equal(await count('users', 'email', owner.email), 1);
    assert.equal(await count('memberships', 'user_id', owner.userId), 1);
    assert.equal(await count('tenants', 'name', 'Another Name'), 1, 'of the unknown address');
  });

  // Hashing the password is most of it, so this finds an answer that is given without; that both start a run is shown above.
  it('[SEC-4] a known address is answered in the same time', async function () {
    this.timeout(60_000);
    const owner = await platform.business();
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let pair = 0; pair < 11; pair += 1) {
      const order = pair % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
      for (const which of order) {
        const body = account(`Timed ${which} ${String.fromCharCode(97 + pair)}`);
        const startedMs = performance.now();
        await signUp(which === 'known' ? { ...body, email: owner.email } : body);
        times[which].push(performance.now() - startedMs);
      }
    }
    const medianOf = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
    const ratio = medianOf(times.known) / medianOf(times.unknown);
    assert.ok(ratio > 0.6 && ratio < 1.67, `known / unknown: ${ratio.toFixed(2)}`);
  });

  it('[SEC-4] a name is free until its owner has confirmed, so it tells nothing of an address', async () => {
    const owner = await platform.business();
    const received = (await platform.world.mails(owner.email)).length;
    // Anyone who tries a name again, after a known and an unknown address, finds it free.
    for (const [email, mails] of [
      [owner.email, received + 1],
      ['unknown@probed.example', 1],
    ] as const) {
      const name = `Probed By ${email.split('@')[0]}`;
      assert.equal((await signUp({ ...account(name), email })).status, 202);
      await mailsTo(email, mails);
      assert.equal((await signUp({ ...account(name), email: `own.${email}` })).status, 202, email);
    }
  });

  it('409: the name of a confirmed business comes back with the message at its field, for every address alike', async () => {
    const owner = await platform.business('Taken Name');
    for (const email of [owner.email, 'someone@else.example']) {
      const name = await signUp({ ...account('taken name'), email });
      assert.deepEqual([name.status, name.body.code], [409, 'tenant.name-taken']);
      assert.match(name.body.title, /already exists/);
      assert.ok(name.body.fields.businessName);
      assert.deepEqual(name.headers.getSetCookie(), []);
    }
    assert.equal(await count('users', 'email', 'someone@else.example'), 0);
  });

  it('409 on the same form: values are kept, the password is not, the message stands at the field', async () => {
    const answer = await formOf({ ...account('Taken name'), email: 'third@else.example' });
    assert.equal(answer.status, 409);
    assert.match(answer.text, /value="Taken name"/);
    assert.match(answer.text, /This name is taken/);
    assert.ok(!answer.text.includes(testPassword));
  });

  it('the page after it leads back to the form, filled in, to use another address', async () => {
    const body = account('Typing Error');
    const shown = await formOf({ ...body, email: 'typo@exmaple.example' });
    assert.equal(shown.status, 200);
    assert.ok(!shown.text.includes(testPassword));
    const [, form = ''] = shown.text.split('action="/sign-up/change"');
    const fields = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const back = await platform
      .caller()
      .form('/sign-up/change', Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value])));
    for (const value of ['Typing Error', 'Rosa Rivera', 'typo@exmaple.example'])
      assert.ok(back.text.includes(`value="${value}"`), value);
    // The first one holds neither name nor anything else up.
    assert.equal((await formOf(body)).status, 200);
    await confirmationToken(platform.world.mails, body.email);
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
    const body = account('Link Clicker');
    await signUp(body);
    const token = await confirmationToken(platform.world.mails, body.email);
    const isConfirmed = async () => {
      const [user] = await platform.world.database.owner<{ email_verified_at: Date | null }>(
        'select email_verified_at from users where email = $1',
        [body.email],
      );
      return user?.email_verified_at !== null;
    };
    const open = () => platform.caller().call('GET', `/verify-email?token=${token}`);
    // As a mail scanner does.
    const head = await platform.caller().call('HEAD', `/verify-email?token=${token}`);
    assert.equal(head.status, 200);
    for (const scan of [await open(), await open()]) assert.match(scan.text, /Confirm email address/);
    assert.equal(await isConfirmed(), false);
    const visitor = platform.caller();
    const click = async () => {
      const led = await visitor.form('/verify-email', { token });
      assert.deepEqual([led.status, led.headers.get('location')], [303, '/sign-in']);
      return (await visitor.call('GET', '/sign-in')).text;
    };
    assert.match(await click(), /your email address is confirmed\. Sign in to continue/);
    assert.equal(await isConfirmed(), true);
    assert.equal((await visitor.call('GET', '/api/session')).status, 401, 'another browser');
    assert.match(await click(), /already confirmed/);
    assert.match((await open()).text, /already confirmed/);
    assert.match((await visitor.form('/verify-email', { token: 'x' })).text, /no longer works/);
    const events = await platform.world.database.owner(
      `select 1 from events e join users u on u.id = e.target_id where u.email = $1 and e.action = 'user.email-verified'`,
      [body.email],
    );
    assert.equal(events.length, 1);
  });

  it('[SEC-4] who hasn’t confirmed can’t sign in, in the words of a wrong password; a reset confirms too', async () => {
    const body = account('Not Confirmed Yet');
    await signUp(body);
    await confirmationToken(platform.world.mails, body.email);
    const signIn = async (email: string, password = testPassword) => {
      const { status, body: said } = await platform
        .caller()
        .call('POST', '/api/public/sign-in', { email, password });
      return { status, ...said, requestId: '' };
    };
    const refused = await signIn(body.email);
    assert.deepEqual([refused.status, refused.code], [401, 'session.wrong-credentials']);
    assert.deepEqual(refused, await signIn(body.email, 'not the password 12'));
    assert.deepEqual(refused, await signIn('stranger@unconfirmed.example'));
    assert.match((await platform.caller().call('GET', '/sign-in')).text, /href="\/verify-email\/resend"/);

    await platform.caller().call('POST', '/api/public/password-resets', { email: body.email });
    const mails = await eventually(
      () => platform.world.mails(body.email),
      (found) => found.some(({ text }) => text.includes('/reset-password?token=')),
    );
    const token = /reset-password\?token=([\w-]+)/.exec(mails.map(({ text }) => text).join())?.[1];
    const password = 'a calmer otter sings 78';
    await platform.caller().form('/reset-password', { token: token ?? '', password });
    assert.equal((await signIn(body.email, password)).status, 200);
  });

  it('[SEC-4] a new link is sent to who needs one, and every address gets the same answer', async () => {
    const waiting = account('Lost The Link');
    await signUp(waiting);
    await confirmationToken(platform.world.mails, waiting.email);
    const done = await platform.business();
    const [before] = [await platform.world.mails(done.email)];
    const ask = (email: string) =>
      platform.caller().call('POST', '/api/public/email-confirmations', { email });
    for (const email of ['stranger@resend.example', done.email, waiting.email]) {
      const { status, text } = await ask(email);
      assert.deepEqual([status, text], [202, '{"asked":true}'], email);
      const form = await platform.caller().form('/verify-email/resend', { email });
      assert.match(form.text, /is on its way/, email);
    }
    await mailsTo(waiting.email, 3);
    assert.deepEqual(await platform.world.mails(done.email), before);
    assert.deepEqual(await platform.world.mails('stranger@resend.example'), []);
    const token = await confirmationToken(platform.world.mails, waiting.email);
    const answer = await platform.caller().call('POST', '/api/public/email-verifications', { token });
    assert.deepEqual(answer.body, { confirmed: true, signedIn: false });
    // No more than five an hour, for all alike.
    for (const email of ['stranger@resend.example', waiting.email]) {
      const statuses = [];
      for (let n = 0; n < 4; n += 1) statuses.push((await ask(email)).status);
      assert.deepEqual(statuses, [202, 202, 202, 429], email);
    }
  });

  it('[SEC-4] an address that waits to be confirmed gets its link again when it signs up once more', async () => {
    const body = account('Forgot It Signed Up');
    await signUp(body);
    await mailsTo(body.email, 1);
    await signUp({ ...body, ownerName: 'Rosa M. Rivera' });
    const mails = await mailsTo(body.email, 2);
    assert.ok(mails.every(({ text }) => text.includes('/verify-email?token=')));
    assert.equal(await count('users', 'email', body.email), 1);
  });
});
