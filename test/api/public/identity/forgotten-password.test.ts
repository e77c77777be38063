import assert from 'node:assert/strict';
import { type Platform, startPlatform, testPassword } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

const another = 'eleven brisk herons wade 42';

describe('[SEC-1] [SEC-4] a forgotten password, and a changed one', function () {
  this.timeout(60_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  const sql = (text: string, values: unknown[] = []) => platform.world.database.owner<any>(text, values);
  const ask = (email: string) => platform.caller().call('POST', '/api/public/password-resets', { email });
  const signIn = (email: string, password: string) =>
    platform.caller().call('POST', '/api/public/sign-in', { email, password });

  /** The token of the link in the newest mail about a new password. */
  async function tokenFor(email: string): Promise<string> {
    const mails = await eventually(
      () => platform.world.mails(email),
      (found) => found.some(({ subject }) => /new password/.test(subject)),
    );
    const mail = mails.find(({ subject }) => /new password/.test(subject));
    return /reset-password\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  }

  it('answers the same for every address, in words and in work, and mails only who has an account', async () => {
    const owner = await platform.business();
    const [known, unknown] = [await ask(owner.email), await ask('stranger@unknown.example')];
    assert.deepEqual([known.status, known.body], [202, { asked: true }]);
    assert.deepEqual([unknown.status, unknown.body], [known.status, known.body]);
    const caller = platform.caller();
    const page = async (email: string) => {
      const { status, text } = await caller.form('/forgot-password', { email });
      return { status, text: text.replaceAll(email, '').replace(/nonce[-="]+[^"' ]+/g, '') };
    };
    assert.deepEqual(await page('stranger@unknown.example'), await page(owner.email));
    // Each request is a row and a run, for every address.
    const runs = await eventually(
      () => sql(`select 1 from runs where process = 'reset-password'`),
      (found) => found.length === 4,
    );
    assert.equal(runs.length, 4);
    await tokenFor(owner.email);
    assert.equal((await platform.world.mails('stranger@unknown.example')).length, 0);
    const told = await sql(`select 1 from events where body::text like '%unknown.example%'`);
    assert.equal(told.length, 0);
  });

  it('sets a new password once by the link, ends every session, signs no one in and tells the person', async () => {
    const owner = await platform.business();
    await sql(`update users set must_change_password = true where id = $1`, [owner.userId]);
    await ask(owner.email);
    const token = await tokenFor(owner.email);
    // Looking changes nothing: mail scanners look too.
    for (const method of ['GET', 'HEAD', 'GET'])
      await platform.caller().call(method, `/reset-password?token=${token}`);
    assert.match(
      (await platform.caller().call('GET', `/reset-password?token=${token}`)).text,
      /Choose a new password/,
    );
    const weak = await platform.caller().form('/reset-password', { token, password: 'passwordpassword' });
    assert.equal(weak.status, 422);
    assert.match(weak.text, /leak|common|guess/i);
    const answers = await Promise.all(
      [another, another].map((password) => platform.caller().form('/reset-password', { token, password })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 410]);
    assert.ok(answers.every(({ headers }) => !/session_token/.test(headers.get('set-cookie') ?? '')));
    assert.equal((await owner.call('GET', '/api/session')).status, 401);
    assert.equal((await signIn(owner.email, testPassword)).status, 401);
    const again = platform.caller();
    await again.call('POST', '/api/public/sign-in', { email: owner.email, password: another });
    assert.equal((await again.call('GET', '/app/team')).status, 200, 'the demand for a new password is met');
    const used = await platform.caller().call('GET', `/reset-password?token=${token}`);
    assert.match(used.text, /This link no longer works/);
    await eventually(
      () => platform.world.mails(owner.email),
      (found) => found.some(({ subject }) => subject === 'Your password was reset'),
    );
    const ended = await sql(
      `select end_reason from auth.sessions where user_id = $1 and ended_at is not null`,
      [owner.userId],
    );
    assert.deepEqual(ended, [{ end_reason: 'password-reset' }]);
  });

  it('stores no token, and takes none that has expired', async () => {
    const owner = await platform.business();
    await ask(owner.email);
    const token = await tokenFor(owner.email);
    assert.equal(
      (await sql(`select 1 from auth.password_resets r where r::text like $1`, [`%${token}%`])).length,
      0,
    );
    await sql(`update auth.password_resets set expires_at = now() - interval '1 second'`);
    const late = await platform
      .caller()
      .call('POST', '/api/public/password-resets/complete', { token, password: another });
    assert.deepEqual([late.status, late.body.code], [410, 'token.invalid']);
  });

  it('is asked for at most five times an hour for one address, known or not', async () => {
    for (const email of [(await platform.business()).email, 'many@unknown.example']) {
      const statuses: number[] = [];
      for (let n = 0; n < 6; n += 1) statuses.push((await ask(email)).status);
      assert.deepEqual(statuses, [202, 202, 202, 202, 202, 429]);
    }
  });

  it('is changed with the current one, refuses easy ones, signs out other devices and tells the person', async () => {
    const owner = await platform.business();
    const other = platform.caller();
    await other.call('POST', '/api/public/sign-in', { email: owner.email, password: testPassword });
    const change = (fields: Record<string, string>) => owner.form('/account/security/password', fields);
    const wrong = await change({ currentPassword: 'not the password', password: another });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /This isn’t your current password/);
    assert.ok(!wrong.text.includes(another) && !wrong.text.includes('not the password'));
    const weak = await change({ currentPassword: testPassword, password: 'qwertyuiop123' });
    assert.equal(weak.status, 422);
    const shown = await owner.call('GET', '/account/security/password');
    assert.match(shown.text, /<input[^>]*name="signOutOthers"[^>]*checked/);
    const done = await change({ currentPassword: testPassword, password: another, signOutOthers: 'true' });
    assert.equal(done.headers.get('location'), '/account/security');
    assert.equal((await other.call('GET', '/api/session')).status, 401);
    assert.equal((await owner.call('GET', '/api/session')).status, 200);
    assert.equal((await signIn(owner.email, another)).status, 200);
    await eventually(
      () => platform.world.mails(owner.email),
      (found) => found.some(({ subject }) => subject === 'Your password was changed'),
    );
  });

  it('has to be changed first where that is demanded, and then leads back', async () => {
    const owner = await platform.business();
    await sql(`update users set must_change_password = true where id = $1`, [owner.userId]);
    const led = await owner.call('GET', '/app/team');
    const to = '/account/security/password?next=%2Fapp%2Fteam';
    assert.equal(led.headers.get('location'), to);
    assert.match((await owner.call('GET', to)).text, /Choose a new password to continue/);
    const refused = await owner.call('GET', '/api/client/team');
    assert.deepEqual([refused.status, refused.body.code], [403, 'session.must-change-password']);
    const done = await owner.form('/account/security/password', {
      currentPassword: testPassword,
      password: another,
      next: '/app/team',
    });
    assert.equal(done.headers.get('location'), '/app/team');
    assert.equal((await owner.call('GET', '/app/team')).status, 200);
  });
});
