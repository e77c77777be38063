import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { createSealer } from '../../../activities/adapters/sealer.ts';
import { signInProviders } from '../../../activities/adapters/sign-in-providers.ts';
import { AppError } from '../../../db/domain/errors.ts';
import {
  isDomainAllowed,
  kindOf,
  providerSettings,
  type SignInProvider,
} from '../../../db/domain/identity/sign-in-provider.ts';
import { type OidcProvider, oidcProvider } from '../../support/oidc-provider.ts';
import { json, type StubVendor, stubVendor } from '../../support/tools.ts';

const redirectUri = 'https://portal.example/sign-in/callback/acme';
const sealer = createSealer(randomBytes(32));
const open = signInProviders(sealer, { allowPrivateHosts: true, baseUrls: {} });

const provider = (key: string, issuer: string, clientId: string, secret: string): SignInProvider => ({
  ...{ key, kind: kindOf(key), title: 'Acme', issuer, clientId, domains: [], isOn: true },
  ...open.seal(key, secret),
  ...{ lastSuccessAt: null, lastFailureAt: null, lastFailure: null },
});
const refusedWith = (code: string) => (error: unknown) => error instanceof AppError && error.code === code;

describe('[USR-7] the client of sign-in providers', function () {
  this.timeout(20_000);
  let oidc: OidcProvider;
  before(async () => {
    oidc = await oidcProvider();
  });
  after(() => oidc.close());

  const acme = (changes: Partial<SignInProvider> = {}) => ({
    ...provider('acme', oidc.issuer, oidc.clientId, oidc.clientSecret),
    ...changes,
  });

  it('tests a provider: what it found, and whether our secret is right', async () => {
    assert.deepEqual(await open.test(acme(), redirectUri), {
      issuer: oidc.issuer,
      authorizationEndpoint: `${oidc.issuer}/authorize`,
      tokenEndpoint: `${oidc.issuer}/token`,
      keys: 1,
      secret: 'accepted',
    });
    const wrong = open.test({ ...acme(), ...open.seal('acme', 'another') }, redirectUri);
    await assert.rejects(wrong, refusedWith('provider.wrong-secret'));
    const elsewhere = open.test(acme({ issuer: `${oidc.issuer}/typo` }), redirectUri);
    await assert.rejects(elsewhere, refusedWith('provider.no-description'));
    const other = open.test(acme({ issuer: oidc.issuer.replace('127.0.0.1', 'localhost') }), redirectUri);
    await assert.rejects(other, refusedWith('provider.issuer-differs'));
  });

  it('sends PKCE, state and nonce, another each time', async () => {
    const [first, second] = [await open.begin(acme(), redirectUri), await open.begin(acme(), redirectUri)];
    const asked = new URL(first.url).searchParams;
    assert.deepEqual(
      [asked.get('state'), asked.get('nonce'), asked.get('code_challenge_method'), asked.get('scope')],
      [first.checks.state, first.checks.nonce, 'S256', 'openid email profile'],
    );
    assert.ok(!first.url.includes(first.checks.verifier));
    for (const name of ['state', 'nonce', 'verifier'] as const)
      assert.notEqual(first.checks[name], second.checks[name]);
  });

  it('calls nothing in private networks, and nothing without https, where the deployment doesn’t allow it', async () => {
    const guarded = signInProviders(sealer, { allowPrivateHosts: false, baseUrls: {} });
    const before = oidc.requests.length;
    for (const issuer of [
      oidc.issuer,
      'https://127.0.0.1:4443',
      'https://localhost:4443',
      'https://169.254.169.254',
    ])
      await assert.rejects(
        guarded.begin(acme({ issuer }), redirectUri),
        refusedWith('provider.address-refused'),
      );
    assert.throws(
      () => guarded.assertIssuer('http://login.example.com'),
      refusedWith('provider.address-refused'),
    );
    assert.equal(oidc.requests.length, before);
  });

  it('opens no secret that was sealed for another provider', async () => {
    const moved = { ...acme(), key: 'other' };
    await assert.rejects(open.begin(moved, redirectUri), refusedWith('secret.unreadable'));
  });
});

describe('[USR-7] signing in with Facebook', () => {
  let vendor: StubVendor;
  before(async () => {
    vendor = await stubVendor();
  });
  after(() => vendor.close());

  const secret = 'app-secret-canary';
  const client = () =>
    signInProviders(sealer, { allowPrivateHosts: true, baseUrls: { facebook: vendor.url } });
  const facebook = () => provider('facebook', 'https://www.facebook.com', 'app-1', secret);
  const back = (state: string, query = 'code=code-1') => new URL(`${redirectUri}?${query}&state=${state}`);

  it('asks the Graph API who came back, with the proof of the app secret, and trusts no address', async () => {
    vendor.answer(({ path }, response) =>
      json(
        response,
        200,
        path.startsWith('/oauth/access_token')
          ? { access_token: 'token-1', token_type: 'bearer' }
          : { id: '42', name: 'Faye', email: 'Faye@Example.com' },
      ),
    );
    const { url, checks } = await client().begin(facebook(), redirectUri);
    assert.equal(new URL(url).pathname, '/dialog/oauth');
    const identity = await client().finish(facebook(), back(checks.state), checks);
    assert.deepEqual(identity, {
      ...{ issuer: 'https://www.facebook.com', subject: '42', name: 'Faye' },
      ...{ email: 'faye@example.com', emailVerified: false },
    });
    const [granted, asked] = vendor.requests.slice(-2);
    assert.equal(new URLSearchParams(granted?.body).get('redirect_uri'), redirectUri);
    const proof = createHmac('sha256', secret).update('token-1').digest('hex');
    assert.ok(asked?.path.includes(`appsecret_proof=${proof}`));
    assert.ok(!asked?.path.includes('token-1'));
    await assert.rejects(
      client().finish(facebook(), back('another'), checks),
      refusedWith('provider.expired'),
    );
    const cancelled = client().finish(facebook(), back(checks.state, 'error=access_denied'), checks);
    await assert.rejects(cancelled, refusedWith('provider.cancelled'));
  });

  it('tells a wrong app secret from a code that was used', async () => {
    const checks = { state: 's', nonce: 'n', verifier: 'v' };
    for (const [message, code] of [
      ['Error validating client secret.', 'provider.wrong-secret'],
      ['This authorization code has been used.', 'provider.expired'],
    ] as const) {
      vendor.answer((_request, response) => json(response, 400, { error: { message, code: 1 } }));
      await assert.rejects(client().finish(facebook(), back('s'), checks), refusedWith(code));
    }
    vendor.answer((_request, response) => json(response, 200, { access_token: 'app-token' }));
    assert.equal((await client().test(facebook(), redirectUri)).secret, 'accepted');
  });
});

describe('[USR-7] what a provider is set up with', () => {
  it('takes domains as people type them, and lets in confirmed addresses of those alone', () => {
    const typed = { title: 'Acme', issuer: 'https://login.acme.example', clientId: 'x' };
    const { domains } = providerSettings.parse({
      ...typed,
      domains: 'Acme.example, acme.test\nacme.example',
    });
    assert.deepEqual(domains, ['acme.example', 'acme.test']);
    assert.equal(providerSettings.safeParse({ ...typed, domains: 'not a domain' }).success, false);
    assert.equal(providerSettings.safeParse({ ...typed, issuer: 'https://u:p@acme.example' }).success, false);
    const allowed = (email: string, emailVerified = true) =>
      isDomainAllowed({ domains }, { email, emailVerified });
    assert.deepEqual(
      [
        allowed('a@acme.test'),
        allowed('a@acme.test', false),
        allowed('a@evil-acme.test'),
        allowed('a@acme.test@b.c'),
      ],
      [true, false, false, false],
    );
  });
});
