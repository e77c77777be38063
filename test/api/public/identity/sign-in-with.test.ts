import assert from 'node:assert/strict';
import {
  type Answer,
  type Caller,
  type Platform,
  startPlatform,
  testPassword,
} from '../../../support/api.ts';
import { type Holder, type OidcProvider, oidcProvider, type Wrongs } from '../../../support/oidc-provider.ts';
import { eventually } from '../../../support/world.ts';

describe('[USR-7] signing in with a provider', function () {
  this.timeout(60_000);
  let platform: Platform;
  let oidc: OidcProvider;
  let admin: Caller;

  before(async () => {
    oidc = await oidcProvider();
    platform = await startPlatform({ settings: { tools: { baseUrls: {}, allowPrivateHosts: true } } });
    admin = await platform.admin();
    const { issuer, clientId, clientSecret } = oidc;
    const saved = await admin.call('PUT', '/api/admin/sign-in-providers/acme', {
      ...{ title: 'Acme', issuer, clientId, clientSecret },
    });
    assert.equal(saved.status, 200, saved.text);
    await turn('on');
  });
  after(async () => {
    await platform.stop();
    await oidc.close();
  });
  afterEach(() => void (oidc.wrongs = {}));

  async function turn(to: 'on' | 'off') {
    const answer = await admin.call('POST', '/api/admin/sign-in-providers/acme/turn', { to });
    assert.equal(answer.status, 200, answer.text);
  }

  const location = (answer: Answer) => answer.headers.get('location') ?? '';
  /** What the page says that the browser is led to next. */
  const told = async (caller: Caller, answer: Answer) => (await caller.call('GET', location(answer))).text;

  /** Leaves for the provider and signs in there; the callback is not yet opened. */
  async function agree(caller: Caller, holder: Holder): Promise<string> {
    const left = await caller.call('GET', '/sign-in/with/acme');
    assert.equal(left.status, 303, left.text);
    assert.ok(location(left).startsWith(`${oidc.issuer}/authorize`), location(left));
    const back = await oidc.agree(location(left), holder);
    return back.pathname + back.search;
  }
  const come = async (caller: Caller, holder: Holder) => caller.call('GET', await agree(caller, holder));

  const whoIs = async (caller: Caller) => (await caller.call('GET', '/api/session')).body;
  const holderOf = (email: string): Holder => ({
    sub: `sub-${email}`,
    email,
    email_verified: true,
    name: 'Olga',
  });

  /** A business that allows the provider, and its owner, who has connected the account. */
  async function connected() {
    const owner = await platform.business();
    const chosen = await owner.call('PUT', '/api/client/sign-in', { providers: ['acme'] });
    assert.equal(chosen.status, 200, chosen.text);
    const holder = holderOf(owner.email);
    assert.equal(location(await come(owner, holder)), '/sign-in/continue');
    const done = await owner.call('POST', '/api/session/sign-in-methods/connect', {});
    assert.equal(done.status, 200, done.text);
    return { owner, holder };
  }

  const eventsOf = async (action: string) =>
    platform.world.database.owner<{ body: { data: Record<string, unknown>; outcome: string } }>(
      `select body from events where body->>'action' = $1 order by occurred_at, seq`,
      [action],
    );

  it('opens the session of a connected person, and says so in the log', async () => {
    const { owner, holder } = await connected();
    const visitor = platform.caller();
    assert.ok((await visitor.call('GET', '/sign-in')).text.includes('Continue with Acme'));
    assert.equal(location(await come(visitor, holder)), '/');
    assert.equal((await whoIs(visitor)).userId, owner.userId);
    const opened = (await eventsOf('session.opened')).at(-1);
    assert.equal(opened?.body.data['provider'], 'acme');
    assert.ok((await eventsOf('provider.linked')).length > 0);
    const { body } = await admin.call('GET', '/api/admin/sign-in-providers');
    assert.ok(body.items[0].lastSuccessAt);
    assert.ok(!JSON.stringify(body).includes(oidc.clientSecret));
  });

  it('tells the person by mail of each account connected and disconnected', async () => {
    const { owner } = await connected();
    const removed = await owner.call('POST', '/api/session/sign-in-methods/acme/remove', {});
    assert.equal(removed.status, 200, removed.text);
    const subjects = ['added to', 'removed from'].map((what) => `A way to sign in was ${what} your account`);
    await eventually(
      () => platform.world.mails(owner.email),
      (found) => subjects.every((wanted) => found.filter(({ subject }) => subject === wanted).length === 1),
    );
  });

  it('follows a new key, and an address that only the userinfo endpoint tells', async () => {
    const { owner, holder } = await connected();
    oidc.rotateKey();
    const visitor = platform.caller();
    await come(visitor, holder);
    assert.equal((await whoIs(visitor)).userId, owner.userId);
    oidc.wrongs = { emailOnlyInUserinfo: true };
    const second = platform.caller();
    const stranger = holderOf('stranger@example.com');
    assert.equal(location(await come(second, stranger)), '/sign-in/continue');
    const page = await second.call('GET', '/sign-in/continue');
    assert.ok(page.text.includes('There is no account for stranger@example.com'), page.text);
    assert.ok((await second.call('GET', '/sign-up')).text.includes('value="stranger@example.com"'));
    assert.equal((await second.form('/sign-in/continue', {})).status, 410, 'no account is made');
    assert.equal((await second.call('GET', '/api/session')).status, 401);
  });

  const now = () => Math.floor(Date.now() / 1000);
  const wrongs: readonly [what: string, wrongs: () => Wrongs, code: string][] = [
    ['a token changed after signing', () => ({ tampered: true }), 'provider.bad-answer'],
    ['a key that is not published', () => ({ foreignKey: true }), 'provider.bad-answer'],
    ['another nonce', () => ({ claims: { nonce: 'another' } }), 'provider.bad-answer'],
    ['another audience', () => ({ claims: { aud: 'client-2' } }), 'provider.bad-answer'],
    ['another issuer', () => ({ claims: { iss: 'https://evil.example' } }), 'provider.bad-answer'],
    ['a callback of another issuer', () => ({ iss: 'https://evil.example' }), 'provider.bad-answer'],
    ['a token that ran out', () => ({ claims: { exp: now() - 3_600 } }), 'provider.clock'],
  ];
  for (const [what, makeWrong, code] of wrongs) {
    it(`refuses ${what}`, async () => {
      const { holder } = await shared();
      oidc.wrongs = makeWrong();
      const visitor = platform.caller();
      const answer = await come(visitor, holder);
      assert.equal(location(answer), '/sign-in');
      assert.equal((await visitor.call('GET', '/api/session')).status, 401);
      assert.equal((await eventsOf('session.refused')).at(-1)?.body.data['reason'], code);
      const { body } = await admin.call('GET', '/api/admin/sign-in-providers');
      assert.ok(body.items[0].lastFailure.length > 20);
    });
  }
  let kept: ReturnType<typeof connected> | undefined;
  const shared = () => (kept ??= connected());

  it('takes a state once, in the browser that left, and a code once', async () => {
    const { holder } = await shared();
    const visitor = platform.caller();
    const callback = await agree(visitor, holder);
    const trip = visitor.cookies.get('bizosaas.provider') ?? '';
    const other = platform.caller();
    assert.ok((await told(other, await other.call('GET', callback))).includes('took too long'));
    assert.equal(location(await visitor.call('GET', callback)), '/');
    const replay = platform.caller();
    replay.cookies.set('bizosaas.provider', trip);
    assert.ok((await told(replay, await replay.call('GET', callback))).includes('took too long'));
    assert.equal((await replay.call('GET', '/api/session')).status, 401);
    const again = platform.caller();
    const fresh = new URL(await agree(again, holder), 'http://own');
    fresh.searchParams.set('code', new URL(callback, 'http://own').searchParams.get('code') ?? '');
    assert.equal(location(await again.call('GET', fresh.pathname + fresh.search)), '/sign-in');
    assert.equal((await again.call('GET', '/api/session')).status, 401, 'a code that was used');
    const swapped = platform.caller();
    const wrongState = (await agree(swapped, holder)).replace(/state=[^&]+/, 'state=another');
    assert.ok((await told(swapped, await swapped.call('GET', wrongState))).includes('took too long'));
  });

  it('says that its person cancelled, and that it can’t be reached', async () => {
    const visitor = platform.caller();
    const callback = new URL(await agree(visitor, holderOf('x@example.com')), 'http://own');
    callback.searchParams.delete('code');
    callback.searchParams.set('error', 'access_denied');
    const answer = await visitor.call('GET', callback.pathname + callback.search);
    assert.ok((await told(visitor, answer)).includes('You cancelled at the sign-in provider'));
    const port = new URL(oidc.issuer).port;
    const { issuer, clientId } = oidc;
    const save = (to: string) =>
      admin.call('PUT', '/api/admin/sign-in-providers/acme', { title: 'Acme', issuer: to, clientId });
    await save(issuer.replace(port, '4999'));
    const gone = platform.caller();
    const left = await gone.call('GET', '/sign-in/with/acme');
    assert.ok((await told(gone, left)).includes('can’t be reached'));
    const tested = await admin.call('POST', '/api/admin/sign-in-providers/acme/test');
    assert.ok(tested.body.problem.includes('can’t be reached'), tested.text);
    await save(issuer);
  });

  it('gives up on a provider that doesn’t answer in ten seconds', async () => {
    oidc.wrongs = { slowMs: 11_500 };
    const visitor = platform.caller();
    const answer = await visitor.call('GET', '/sign-in/with/acme');
    assert.ok((await told(visitor, answer)).includes('can’t be reached'));
  });

  it('asks once for the password of an account with the same address, and trusts no unconfirmed one', async () => {
    const owner = await platform.business();
    const holder = holderOf(owner.email);
    const visitor = platform.caller();
    const unconfirmed = await come(visitor, { ...holder, email_verified: false });
    assert.ok((await told(visitor, unconfirmed)).includes('doesn’t confirm your email address'));
    assert.equal(location(await come(visitor, holder)), '/sign-in/continue');
    assert.ok((await visitor.call('GET', '/sign-in/continue')).text.includes('Enter its password once'));
    const refused = await visitor.form('/sign-in/continue', { password: 'not the password' });
    assert.equal(refused.status, 401);
    const notAllowed = await visitor.form('/sign-in/continue', { password: testPassword });
    assert.equal(notAllowed.status, 403, 'the business does not allow it');
    await owner.call('PUT', '/api/client/sign-in', { providers: ['acme'] });
    const done = await visitor.form('/sign-in/continue', { password: testPassword });
    assert.equal(done.status, 303, done.text);
    assert.equal((await whoIs(visitor)).userId, owner.userId);
    const next = platform.caller();
    assert.equal(location(await come(next, holder)), '/');
  });

  it('asks for the code of our own second factor', async () => {
    const { owner, holder } = await connected();
    await platform.world.database.owner('update users set second_factor_at = now() where id = $1', [
      owner.userId,
    ]);
    const visitor = platform.caller();
    assert.equal(location(await come(visitor, holder)), '/sign-in/code');
    assert.equal((await visitor.call('GET', '/api/session')).status, 401);
  });

  it('lets an invited person join with the button, without a password', async () => {
    const { owner } = await shared();
    const email = `invited.${process.pid}@example.com`;
    const invited = await owner.call('POST', '/api/client/team/invitations', {
      email,
      name: 'Ina',
      role: 'member',
    });
    assert.equal(invited.status, 201, invited.text);
    const visitor = platform.caller();
    assert.equal(location(await come(visitor, holderOf(email))), '/sign-in/continue');
    assert.ok((await visitor.call('GET', '/sign-in/continue')).text.includes(`Join ${owner.name}`));
    const joined = await visitor.form('/sign-in/continue', {});
    assert.equal(joined.status, 303, joined.text);
    assert.deepEqual(
      [(await whoIs(visitor)).email, (await whoIs(visitor)).tenantId],
      [email, owner.tenantId],
    );
  });

  it('refuses passwords where a business wants providers only, but not those of its owners', async () => {
    const { owner, holder } = await connected();
    const chosen = { providers: ['acme'], providersOnly: true };
    const none = await owner.call('PUT', '/api/client/sign-in', { ...chosen, providers: [] });
    assert.equal(none.body.code, 'provider.none-works');
    const colleague = await platform.colleague(owner.tenantId, 'member');
    const { email } = await whoIs(colleague);
    assert.equal((await owner.call('PUT', '/api/client/sign-in', chosen)).status, 200);
    const signIn = (address: string) =>
      platform.caller().call('POST', '/api/public/sign-in', { email: address, password: testPassword });
    assert.equal((await signIn(email)).body.code, 'session.providers-only');
    assert.equal((await signIn(owner.email)).status, 200, 'break-glass');
    const visitor = platform.caller();
    await come(visitor, holderOf(email));
    assert.equal((await visitor.form('/sign-in/continue', { password: testPassword })).status, 303);
    assert.equal((await whoIs(visitor)).email, email);
    await turn('off');
    const off = platform.caller();
    assert.ok((await told(off, await off.call('GET', '/sign-in/with/acme'))).includes('turned off'));
    assert.ok(!(await off.call('GET', '/sign-in')).text.includes('Continue with Acme'));
    await turn('on');
    assert.equal((await owner.call('POST', '/api/session/sign-in-methods/acme/remove', {})).status, 200);
    assert.equal(location(await come(platform.caller(), holder)), '/sign-in/continue');
  });

  it('keeps a session out of another business of its person that doesn’t allow the provider', async () => {
    const [{ owner, holder }, other] = [await connected(), await platform.business()];
    await platform.world.database.owner(
      `insert into memberships (tenant_id, user_id, role) values ($1, $2, 'member')`,
      [other.tenantId, owner.userId],
    );
    const visitor = platform.caller();
    await come(visitor, holder);
    assert.equal((await whoIs(visitor)).tenantId, owner.tenantId, 'not the one joined last');
    const refused = await visitor.call('POST', `/api/session/businesses/${other.tenantId}/switch`, {});
    assert.equal(refused.body.code, 'session.other-way');
  });

  it('connects no account to a second person, and none by a form of another site', async () => {
    const { holder } = await shared();
    const other = await platform.business();
    assert.ok((await told(other, await come(other, holder))).includes('connected to another person'));
    await come(other, holderOf('elsewhere@example.com'));
    const forged = await other.call(
      'POST',
      '/api/session/sign-in-methods/connect',
      {},
      { 'x-csrf-token': '' },
    );
    assert.equal(forged.body.code, 'request.forged');
    assert.ok((await other.call('GET', '/sign-in/continue')).text.includes(`to your account ${other.email}`));
  });
});
