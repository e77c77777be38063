import assert from 'node:assert/strict';
import { embeddedAuth } from '../../../../db/auth/embedded.ts';
import { tokenHash } from '../../../../db/auth/sessions.ts';
import { type Platform, startPlatform, testPassword } from '../../../support/api.ts';

describe('[SEC-1] [USR-6] sign-in and sessions', function () {
  this.timeout(90_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  it('200: opens a session with a protected cookie, and the ledger says so', async () => {
    const owner = await platform.business();
    const caller = platform.caller();
    const answer = await caller.call('POST', '/api/public/sign-in', {
      email: owner.email.toUpperCase(),
      password: testPassword,
    });
    assert.equal(answer.status, 200);
    const cookie =
      answer.headers.getSetCookie().find((line) => line.startsWith('bizosaas.session_token')) ?? '';
    assert.match(cookie, /HttpOnly/i);
    assert.match(cookie, /SameSite=Lax/i);
    const events = await platform.world.database.owner(
      `select 1 from events where action = 'session.opened' and actor_id = $1`,
      [owner.userId],
    );
    assert.equal(events.length, 2, 'sign-up and sign-in');
  });

  it('401: says the same for a wrong password and an unknown address', async () => {
    const owner = await platform.business();
    const wrong = await platform
      .caller()
      .call('POST', '/api/public/sign-in', { email: owner.email, password: 'not the password' });
    const unknown = await platform
      .caller()
      .call('POST', '/api/public/sign-in', { email: 'unknown@example.com', password: 'not the password' });
    const plain = ({ requestId: _id, ...rest }: Record<string, unknown>) => rest;
    assert.equal(wrong.status, 401);
    assert.deepEqual(plain(wrong.body), plain(unknown.body));
  });

  it('403: a person who is in no team any more learns why, and a stranger does not', async () => {
    const owner = await platform.business();
    await platform.world.database.owner('delete from memberships where user_id = $1', [owner.userId]);
    const tryIt = (password: string) =>
      platform.caller().call('POST', '/api/public/sign-in', { email: owner.email, password });
    const right = await tryIt(testPassword);
    assert.deepEqual([right.status, right.body.code], [403, 'session.no-access']);
    assert.match(right.body.title, /no longer in any team\. Ask an owner or admin/);
    const wrong = await tryIt('not the password');
    assert.deepEqual([wrong.status, wrong.body.code], [401, 'session.wrong-credentials']);
    const refused = await platform.world.database.owner(
      `select 1 from events where action = 'session.refused' and target_id = $1`,
      [owner.userId],
    );
    assert.equal(refused.length, 2);
    const form = platform.caller();
    await form.call('GET', '/sign-in');
    const shown = await form.form('/sign-in', { email: owner.email, password: testPassword });
    assert.match(shown.text, /no longer in any team/);
  });

  it('429: ten wrong passwords lock the address for this place, also for the right one; others are not locked', async () => {
    const [owner, bystander] = [await platform.business(), await platform.business()];
    const tryIt = (email: string, password: string) =>
      platform.caller().call('POST', '/api/public/sign-in', { email, password });
    for (let i = 0; i < 10; i++) assert.equal((await tryIt(owner.email, 'not the password')).status, 401);
    const locked = await tryIt(owner.email, testPassword);
    assert.deepEqual([locked.status, locked.body.code], [429, 'session.locked']);
    assert.ok(Number(locked.headers.get('retry-after')) > 60);
    assert.equal((await tryIt(bystander.email, testPassword)).status, 200);
  });

  it('a signed-out session is over at once, and its token is worth nothing', async () => {
    const owner = await platform.business();
    const stolen = new Map(owner.cookies);
    assert.equal((await owner.call('POST', '/api/session/sign-out', {})).status, 200);
    const thief = platform.caller();
    for (const [name, value] of stolen) thief.cookies.set(name, value);
    assert.equal((await thief.call('GET', '/api/session')).status, 401);
  });

  it('refuses a token that is not ours, also the stored hash, and an expired session', async () => {
    const owner = await platform.business();
    const name = 'bizosaas.session_token';
    const token = owner.cookies.get(name) ?? '';
    for (const forged of ['x', `${token}.`, `${token}A`, token.slice(0, -1), tokenHash(token), '%E0%A4%A']) {
      const caller = platform.caller();
      caller.cookies.set(name, forged);
      assert.equal((await caller.call('GET', '/api/session')).status, 401, forged);
    }
    await platform.world.database.owner(
      `update auth.sessions set expires_at = now() - interval '1 second' where token_hash = $1`,
      [tokenHash(token)],
    );
    assert.equal((await owner.call('GET', '/api/session')).status, 401);
  });

  it('opens a session whose token is stored nowhere', async () => {
    const owner = await platform.business();
    const auth = embeddedAuth(platform.world.database.db);
    const from = { ip: '127.0.0.1', userAgent: 'test' };
    assert.equal(await auth.checkPassword(owner.email, 'not the password'), null);
    const found = await auth.checkPassword(owner.email, testPassword);
    assert.deepEqual(found, {
      userId: owner.userId,
      secondFactor: false,
      hasAccess: true,
      isSuspended: false,
    });
    const { token, sessionId } = await auth.openSession({ userId: owner.userId, from });
    const principal = await auth.authenticate(token);
    const stored = await platform.world.database.owner(
      `select 1 from auth.sessions s where s::text like $1`,
      [`%${token}%`],
    );
    assert.equal(stored.length, 0);
    assert.deepEqual(
      [principal?.userId, principal?.sessionId, principal?.role],
      [owner.userId, sessionId, 'owner'],
    );
  });

  it('leads to a local page only', async () => {
    const owner = await platform.business();
    for (const [next, expected] of [
      ['/app/team', '/app/team'],
      ['https://evil.example', '/'],
      ['//evil.example', '/'],
      ['/\\evil.example', '/'],
    ]) {
      const answer = await platform
        .caller()
        .form('/sign-in', { email: owner.email, password: testPassword, next: next ?? '' });
      assert.deepEqual([answer.status, answer.headers.get('location')], [303, expected], next);
    }
  });
});
