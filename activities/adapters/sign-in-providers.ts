import * as oidc from 'openid-client';
import { fetch as guardedFetch } from 'undici';
import { AppError } from '../../db/domain/errors.ts';
import type {
  ProviderClient,
  ProviderFindings,
  ProviderIdentity,
  SignInProvider,
} from '../../db/domain/identity/sign-in-provider.ts';
import { openConnections } from '../mcp/kit/network.ts';
import type { Sealer, ToolEnvironment } from '../ports.ts';
import { facebookClient, type ProviderFetch } from './facebook-sign-in.ts';
import { providerError } from './sign-in-provider-errors.ts';

const purpose = 'sign-in-providers';
/** How long one request to a provider may take; a sign-in makes four. */
const timeoutS = 10;
const scope = 'openid email profile';

/** The clients of sign-in providers that this deployment speaks to. */
export function signInProviders(
  sealer: Sealer,
  { allowPrivateHosts, baseUrls }: ToolEnvironment,
): ProviderClient {
  /** Runs `work` with connections of its own, and turns what it throws into plain words. */
  async function ask<T>(work: (through: ProviderFetch) => Promise<T>): Promise<T> {
    const dispatcher = openConnections({ guarded: !allowPrivateHosts });
    try {
      return await work(
        (url, init = {}) => guardedFetch(url, { ...init, dispatcher }) as unknown as Promise<Response>,
      );
    } catch (error) {
      throw providerError(error);
    } finally {
      await dispatcher.close();
    }
  }

  const secretOf = (provider: SignInProvider) => sealer.open(purpose, provider, provider.key);

  function assertAddress(address: string): void {
    const { protocol } = new URL(address);
    if (protocol !== 'https:' && !(protocol === 'http:' && allowPrivateHosts))
      throw new AppError('provider.address-refused');
  }

  /** Reads its description anew, so that changed addresses and keys are followed at once. */
  async function discover(provider: SignInProvider, through: ProviderFetch): Promise<oidc.Configuration> {
    assertAddress(provider.issuer);
    const secret = secretOf(provider);
    const [post, basic] = [oidc.ClientSecretPost(secret), oidc.ClientSecretBasic(secret)];
    const authenticate: oidc.ClientAuth = (server, ...rest) =>
      (server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ? post : basic)(
        server,
        ...rest,
      );
    const config = await oidc.discovery(new URL(provider.issuer), provider.clientId, {}, authenticate, {
      [oidc.customFetch]: through as oidc.CustomFetch,
      timeout: timeoutS,
      execute: [
        oidc.enableNonRepudiationChecks,
        // For development and tests on one machine.
        ...(allowPrivateHosts ? [oidc.allowInsecureRequests] : []),
      ],
    });
    const { authorization_endpoint: authorize, token_endpoint: token } = config.serverMetadata();
    if (!authorize || !token) throw new AppError('provider.no-description');
    [authorize, token].forEach(assertAddress);
    return config;
  }

  /** Providers that leave the address out of the token tell it at their userinfo endpoint. */
  async function identityOf(
    config: oidc.Configuration,
    tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>,
  ): Promise<ProviderIdentity> {
    const claims = tokens.claims();
    if (!claims) throw new AppError('provider.bad-answer');
    const asks = claims['email'] === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
    const more = asks ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
    const {
      email,
      email_verified: verified,
      name,
      xms_edov: owned,
    }: Record<string, unknown> = {
      ...claims,
      ...more,
    };
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email: typeof email === 'string' ? email.trim().toLowerCase() : null,
      // Some send texts; Microsoft says `xms_edov` of addresses whose domain the directory owns.
      emailVerified:
        [true, 'true'].includes(verified as never) || [true, 'true', 1, '1'].includes(owned as never),
      name: typeof name === 'string' ? name.trim().slice(0, 120) : null,
    };
  }

  /** Asks with a code that was never given: the answer tells whether it knows our client ID and secret. */
  async function trySecret(
    config: oidc.Configuration,
    redirectUri: string,
  ): Promise<ProviderFindings['secret']> {
    try {
      await oidc.genericGrantRequest(config, 'authorization_code', {
        code: 'test-of-the-connection',
        redirect_uri: redirectUri,
        code_verifier: oidc.randomPKCECodeVerifier(),
      });
    } catch (error) {
      if (!(error instanceof oidc.ResponseBodyError)) throw error;
      if (error.error === 'invalid_grant') return 'accepted';
      if (['invalid_client', 'unauthorized_client'].includes(error.error)) throw error;
    }
    return 'unknown';
  }

  const facebook = facebookClient(baseUrls['facebook']);

  return {
    seal: (key, secret) => sealer.seal(purpose, secret, key),
    assertIssuer: assertAddress,

    begin: (provider, redirectUri) =>
      ask(async (through) => {
        const checks = {
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          verifier: oidc.randomPKCECodeVerifier(),
        };
        if (provider.kind === 'facebook') return { url: facebook.url(provider, redirectUri, checks), checks };
        const config = await discover(provider, through);
        const url = oidc.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope,
          state: checks.state,
          nonce: checks.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
          code_challenge_method: 'S256',
        });
        return { url: url.href, checks };
      }),

    finish: (provider, callback, checks) =>
      ask(async (through) => {
        if (callback.searchParams.get('state') !== checks.state) throw new AppError('provider.expired');
        if (provider.kind === 'facebook')
          return facebook.finish(provider, secretOf(provider), callback, through);
        const config = await discover(provider, through);
        const tokens = await oidc.authorizationCodeGrant(config, callback, {
          expectedState: checks.state,
          expectedNonce: checks.nonce,
          pkceCodeVerifier: checks.verifier,
          idTokenExpected: true,
        });
        return identityOf(config, tokens);
      }),

    test: (provider, redirectUri) =>
      ask(async (through) => {
        if (provider.kind === 'facebook') return facebook.test(provider, secretOf(provider), through);
        const config = await discover(provider, through);
        const about = config.serverMetadata();
        const answer = await through(about.jwks_uri ?? '', {
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutS * 1000),
        });
        const { keys } = (await answer.json()) as { keys?: unknown[] };
        return {
          issuer: about.issuer,
          authorizationEndpoint: about.authorization_endpoint ?? '',
          tokenEndpoint: about.token_endpoint ?? '',
          keys: keys?.length ?? 0,
          secret: await trySecret(config, redirectUri),
        };
      }),
  };
}
