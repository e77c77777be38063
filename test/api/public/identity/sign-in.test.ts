import assert from 'node:assert/strict';
import { embeddedAuth } from '../../../../db/auth/embedded.ts';
import { deriveKey } from '../../../../workers/runtime/keys.ts';
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

  it('refuses a token whose signature is not ours, and an expired session', async () => {
    const owner = await platform.business();
    const name = 'bizosaas.session_token';
    const [token = ''] = decodeURIComponent(owner.cookies.get(name) ?? '').split('.');
    for (const forged of [token, `${token}.`, `${token}.AAAA`, `${token}x.${'A'.repeat(43)}=`, '%E0%A4%A']) {
      const caller = platform.caller();
      caller.cookies.set(name, forged.startsWith('%') ? forged : encodeURIComponent(forged));
      assert.equal((await caller.call('GET', '/api/session')).status, 401, forged);
    }
    await platform.world.database.owner(
      `update auth.sessions set expires_at = now() - interval '1 second' where token = $1`,
      [token],
    );
    assert.equal((await owner.call('GET', '/api/session')).status, 401);
  });

  it('reads the cookie that the provider itself writes', async () => {
    const owner = await platform.business();
    const { config, database } = platform.world;
    const secret = deriveKey(config.masterKey, 'sessions').toString('base64url');
    const auth = embeddedAuth(database.db, { secret, publicUrl: config.publicUrl });
    const { cookies, sessionId } = await auth.signIn(owner.email, testPassword, {
      ip: '127.0.0.1',
      userAgent: 'test',
    });
    const header = cookies.map((line) => line.split(';')[0]).join('; ');
    const principal = await auth.authenticate(header);
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
