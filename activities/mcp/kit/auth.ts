import type { Credentials } from './credentials.ts';
import { minuteMs } from '../../../db/domain/time.ts';

/** A request on its way out, before and after it was signed. */
export interface Outgoing {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

/** Puts the credentials into a request. */
export type Sign = (request: Outgoing, credentials: Credentials) => void;

/** A form post to a token endpoint. */
export interface TokenRequest {
  url: string;
  /** Form fields; sent urlencoded unless `json`. */
  form: Record<string, string>;
  headers?: Record<string, string>;
  json?: boolean;
}

/** How a vendor recognises who asks. */
export type Auth =
  /** What the person typed signs each request. */
  | { kind: 'key'; sign: Sign }
  /** What the person typed is exchanged for an access token that lives a while (client credentials). */
  | { kind: 'token'; sign: Sign; exchange(credentials: Credentials): TokenRequest }
  /** The person allows it at the vendor's; with PKCE, an exact redirect and a state that works once. */
  | OAuth2;

export interface OAuth2 {
  kind: 'oauth2';
  sign: Sign;
  authorizeUrl: string;
  /** Further parameters the vendor wants at its consent page. */
  authorizeParams?: Record<string, string>;
  scopes: readonly string[];
  scopeSeparator?: ' ' | ',';
  /** The parameter that carries the scopes, where it is not `scope`. */
  scopeParam?: string;
  /** How the service names itself in the address it leads back to (RFC 9207); an answer of another is not taken. */
  issuer?: string;
  tokenUrl: string;
  /** How our client proves itself at the token endpoint. */
  clientAuth: 'basic' | 'body';
  /** The token endpoint reads JSON instead of a form. */
  tokenJson?: boolean;
  /** Whether a refresh gives a new refresh token ('rotates'), keeps the old one, or there is none ('never'). */
  refresh: 'rotates' | 'keeps' | 'never';
  /** Where a token is withdrawn; the form field with the token is `token` unless said otherwise. */
  revoke?: { url: string; tokenField?: string; clientAuth: 'basic' | 'body' | 'bearer' };
  /** Asked once with a new token where the token answer does not tell the account; `account` gets both answers in one. */
  accountUrl?: string;
  /** What the token answer or the callback's query tells of the account: realm, instance, site. */
  account?(answer: Record<string, unknown>, callback: Record<string, string>): Record<string, string>;
}

export const signBearer =
  (field = 'accessToken'): Sign =>
  (request, credentials) => {
    request.headers['authorization'] = `Bearer ${credentials[field] ?? ''}`;
  };

/** HTTP Basic; `password` may stay away (an empty password). */
export const signBasic =
  (user: string, password?: string): Sign =>
  (request, credentials) => {
    request.headers['authorization'] = basic(
      credentials[user] ?? '',
      password ? (credentials[password] ?? '') : '',
    );
  };

/** Headers by name, each from a credential field. */
export const signHeaders =
  (fields: Record<string, string>): Sign =>
  (request, credentials) => {
    for (const [header, field] of Object.entries(fields)) {
      const value = credentials[field];
      if (value) request.headers[header.toLowerCase()] = value;
    }
  };

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The refresh of an OAuth connection as a token request. */
export function refreshRequest(auth: OAuth2, credentials: Credentials): TokenRequest {
  return grantRequest(auth, credentials, {
    grant_type: 'refresh_token',
    refresh_token: credentials['refreshToken'] ?? '',
  });
}

/** A token request of any grant, with our client's proof in the form the vendor wants. */
export function grantRequest(
  auth: OAuth2,
  client: Credentials,
  form: Record<string, string>,
  to: { url?: string; clientAuth?: 'basic' | 'body' } = {},
): TokenRequest {
  const id = client['clientId'] ?? '';
  const secret = client['clientSecret'] ?? '';
  const inHeader = (to.clientAuth ?? auth.clientAuth) === 'basic';
  return {
    url: to.url ?? auth.tokenUrl,
    form: inHeader ? form : { ...form, client_id: id, client_secret: secret },
    headers: inHeader ? { authorization: basic(id, secret) } : {},
    json: auth.tokenJson ?? false,
  };
}

/** The credentials after a token answer (RFC 6749 §5.1); not ok when it holds no token. */
export function withToken(
  credentials: Credentials,
  answer: Record<string, unknown>,
  nowMs: number,
): { ok: true; credentials: Credentials } | { ok: false } {
  const access = answer['access_token'];
  if (typeof access !== 'string' || access === '') return { ok: false };
  const lifeS = Number(answer['expires_in']);
  const refresh = answer['refresh_token'];
  const { expiresAt: _old, ...kept } = credentials;
  return {
    ok: true,
    credentials: {
      ...kept,
      accessToken: access,
      ...(typeof refresh === 'string' && refresh !== '' && { refreshToken: refresh }),
      ...(lifeS > 0 && { expiresAt: new Date(nowMs + lifeS * 1_000).toISOString() }),
    },
  };
}

/** Renewed a little before the end, so that no request is refused on its way. */
const aheadMs = minuteMs;

export function isStale(credentials: Credentials, nowMs: number): boolean {
  const expiresAt = credentials['expiresAt'];
  return expiresAt !== undefined && Date.parse(expiresAt) - nowMs < aheadMs;
}

/** Whether there is a way to get a new access token without a person. */
export function canRenew(auth: Auth, credentials: Credentials): boolean {
  if (auth.kind === 'token') return true;
  return auth.kind === 'oauth2' && auth.refresh !== 'never' && Boolean(credentials['refreshToken']);
}
