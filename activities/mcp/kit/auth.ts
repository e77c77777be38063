import type { Credentials } from './credentials.ts';
import { minuteMs } from '../../../db/domain/time.ts';

/** An outgoing request, before and after it was signed. */
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

/** How a vendor authenticates requests. */
export type Auth =
  /** The credentials that were entered sign each request. */
  | { kind: 'key'; sign: Sign }
  /** The credentials that were entered are exchanged for a short-lived access token (client credentials). */
  | { kind: 'token'; sign: Sign; exchange(credentials: Credentials): TokenRequest }
  /** The person grants access at the vendor: PKCE, an exact redirect URI and a state that works once. */
  | OAuth2;

export interface OAuth2 {
  kind: 'oauth2';
  sign: Sign;
  authorizeUrl: string;
  /** Further parameters that the vendor's authorization endpoint requires. */
  authorizeParams?: Record<string, string>;
  scopes: readonly string[];
  scopeSeparator?: ' ' | ',';
  /** The parameter that carries the scopes, where it is not `scope`. */
  scopeParam?: string;
  /** The issuer the vendor names in its callback; a callback that names another is refused. @see RFC 9207. */
  issuer?: string;
  tokenUrl: string;
  /** How the platform's client authenticates at the token endpoint. */
  clientAuth: 'basic' | 'body';
  /** The token endpoint reads JSON instead of a form. */
  tokenJson?: boolean;
  /** Whether a refresh gives a new refresh token ('rotates'), keeps the old one, or there is none ('never'). */
  refresh: 'rotates' | 'keeps' | 'never';
  /** Where a token is revoked; the form field with the token is `token` by default. */
  revoke?: { url: string; tokenField?: string; clientAuth: 'basic' | 'body' | 'bearer' };
  /**
   * Called once with a new token where the token response doesn't name the account; `account` gets both responses
   * merged.
   */
  accountUrl?: string;
  /** What the token response or the callback's query says about the account: realm, instance, site. */
  account?(answer: Record<string, unknown>, callback: Record<string, string>): Record<string, string>;
}

export const signBearer =
  (field = 'accessToken'): Sign =>
  (request, credentials) => {
    request.headers['authorization'] = `Bearer ${credentials[field] ?? ''}`;
  };

/** HTTP Basic; without `password`, the password is empty. */
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

/** A token request of any grant, with the client authentication that the vendor requires. */
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

/** The credentials after a token response; not ok when it holds no token. @see RFC 6749 §5.1. */
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

/** Milliseconds: renewed a little before it expires, so that no request is refused in flight. */
const aheadMs = minuteMs;

export function isStale(credentials: Credentials, nowMs: number): boolean {
  const expiresAt = credentials['expiresAt'];
  return expiresAt !== undefined && Date.parse(expiresAt) - nowMs < aheadMs;
}

/** Whether a new access token can be had without a person. */
export function canRenew(auth: Auth, credentials: Credentials): boolean {
  if (auth.kind === 'token') return true;
  return auth.kind === 'oauth2' && auth.refresh !== 'never' && Boolean(credentials['refreshToken']);
}
