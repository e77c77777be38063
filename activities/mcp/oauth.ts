import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../db/domain/errors.ts';
import { grantRequest, type OAuth2, withToken } from './kit/auth.ts';
import type { Credentials } from './kit/credentials.ts';
import { openConnections } from './kit/network.ts';
import type { ServerDefinition } from './kit/server.ts';
import { exchange, exchangeToken } from './kit/transport.ts';
import type { Reply } from './kit/request.ts';

const timeoutMs = 20_000;

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

/** The OAuth settings of a server. Throws `oauth.failed` for a server without OAuth. */
export function oauthOf(server: ServerDefinition): OAuth2 {
  if (server.auth.kind === 'oauth2') return server.auth;
  throw new AppError('oauth.failed', {
    text: `${server.title} connects with a key, not by signing in.`,
  });
}

export const newSecret = () => randomBytes(32).toString('base64url');
export const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The same path at the stand-in of the vendor, where there is one. */
const at = (address: string, standIn: string | undefined): URL => {
  const url = new URL(address);
  return standIn ? new URL(url.pathname + url.search, standIn) : url;
};

/** The authorization URL: with PKCE, the exact redirect URI, and a state that works once. @see RFC 7636. */
export function authorizationUrl(
  server: ServerDefinition,
  client: OAuthClient,
  asked: { state: string; verifier: string; redirectUri: string; standIn: string | undefined },
): string {
  const auth = oauthOf(server);
  const url = at(auth.authorizeUrl, asked.standIn);
  const parameters: Record<string, string> = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: asked.redirectUri,
    [auth.scopeParam ?? 'scope']: auth.scopes.join(auth.scopeSeparator ?? ' '),
    state: asked.state,
    code_challenge: hashOf(asked.verifier),
    code_challenge_method: 'S256',
    ...auth.authorizeParams,
  };
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
  return url.href;
}

async function ask(
  request: Parameters<typeof exchangeToken>[0],
  standIn: string | undefined,
): Promise<Reply> {
  const through = openConnections({ guarded: false });
  try {
    return await exchangeToken(request, at(request.url, standIn), through, AbortSignal.timeout(timeoutMs));
  } catch (error) {
    throw new AppError('tool.vendor-unavailable', { cause: error });
  } finally {
    await through.close();
  }
}

/**
 * Refuses a callback that names another issuer, so that its code is sent to no one. Throws `oauth.failed`. Vendors
 * don't send their issuer everywhere yet, so a callback without one is accepted: it came to this server's own redirect
 * URI. @see RFC 9207 §2.4.
 */
export function assertIssuer(server: ServerDefinition, callback: Record<string, string>): void {
  const { issuer } = oauthOf(server);
  const { iss } = callback;
  if (issuer === undefined || iss === undefined || iss === issuer) return;
  throw new AppError('oauth.failed', {
    text: `This response didn’t come from ${server.title}, so nothing was connected. Start again.`,
  });
}

/** Exchanges the authorization code for credentials. Throws `oauth.failed`, `tool.vendor-unavailable`. */
export async function redeemCode(
  server: ServerDefinition,
  client: OAuthClient,
  asked: {
    callback: Record<string, string>;
    verifier: string;
    redirectUri: string;
    standIn: string | undefined;
  },
): Promise<Credentials> {
  const auth = oauthOf(server);
  const request = grantRequest(
    auth,
    { ...client },
    {
      grant_type: 'authorization_code',
      code: asked.callback['code'] ?? '',
      redirect_uri: asked.redirectUri,
      code_verifier: asked.verifier,
    },
  );
  const reply = await ask(request, asked.standIn);
  if (reply.status === 429 || reply.status >= 500) throw new AppError('tool.vendor-unavailable');
  const answer = (reply.body ?? {}) as Record<string, unknown>;
  const token = withToken({}, answer, Date.now());
  if (reply.status >= 300 || !token.ok) {
    throw new AppError('oauth.failed', { text: `${server.title} didn’t issue an access token. Try again.` });
  }
  const told = auth.accountUrl ? await askAccount(auth.accountUrl, token.credentials, asked.standIn) : {};
  return { ...token.credentials, ...auth.account?.({ ...answer, ...told }, asked.callback) };
}

/** What a vendor returns about the account for a new token. Throws `tool.vendor-unavailable`. */
async function askAccount(
  address: string,
  { accessToken = '' }: Credentials,
  standIn: string | undefined,
): Promise<Record<string, unknown>> {
  const through = openConnections({ guarded: false });
  const request = {
    method: 'GET',
    url: at(address, standIn),
    headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` },
    body: undefined,
  };
  try {
    const { body } = await exchange(request, through, { signal: AbortSignal.timeout(timeoutMs) });
    return body !== null && typeof body === 'object' ? (body as Record<string, unknown>) : {};
  } catch (error) {
    throw new AppError('tool.vendor-unavailable', { cause: error });
  } finally {
    await through.close();
  }
}

/** Revokes a token at the vendor. False when the vendor has no revocation endpoint, or refused. */
export async function revokeToken(
  server: ServerDefinition,
  credentials: Credentials,
  standIn: string | undefined,
): Promise<boolean> {
  if (server.auth.kind !== 'oauth2' || !server.auth.revoke) return false;
  const { url, tokenField = 'token', clientAuth } = server.auth.revoke;
  const token = credentials['refreshToken'] ?? credentials['accessToken'] ?? '';
  const request =
    clientAuth === 'bearer'
      ? {
          url,
          form: { [tokenField]: token },
          headers: { authorization: `Bearer ${credentials['accessToken'] ?? ''}` },
        }
      : grantRequest(server.auth, credentials, { [tokenField]: token }, { url, clientAuth });
  const reply = await ask(request, standIn);
  if (reply.status === 429 || reply.status >= 500) throw new AppError('tool.vendor-unavailable');
  return reply.status < 300;
}
