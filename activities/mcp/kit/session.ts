import type { Dispatcher } from 'undici';
import { canRenew, isStale, refreshRequest, withToken } from './auth.ts';
import type { Credentials, CredentialSource } from './credentials.ts';
import { type Problem, VendorError } from './errors.ts';
import { forbiddenHostCode } from './network.ts';
import { redactor, secretsOf } from './redact.ts';
import type { Manifest } from './server.ts';
import { exchangeToken, NoAnswer } from './transport.ts';
import type { Reply } from './request.ts';

/** One tenant's connection to one vendor. */
export interface Connection {
  credentials: CredentialSource;
  through: Dispatcher;
  /** Replaces every host of the vendor: for tests, stand-ins and sandboxes. */
  baseUrl?: string | undefined;
}

/** The credentials of one call, and what depends on them: renewal, redaction, errors. */
export interface Session {
  credentials: () => Credentials;
  /** The same path at the stand-in of the vendor, where there is one. */
  at: (url: URL) => URL;
  /** Renews a token that is about to expire or was never fetched. */
  prepare: () => Promise<void>;
  /** After a refusal: renews once; false when there is nothing to renew. */
  recover: (usedToken: string | undefined) => Promise<boolean>;
  fail: (
    problem: Problem,
    reply?: { status: number; headers?: Reply['headers'] },
    retryable?: boolean,
  ) => VendorError;
}

const signInAway: Problem = {
  kind: 'unavailable',
  code: 'token_endpoint',
  message: 'The sign-in server didn’t respond.',
};

export async function openSession(
  manifest: Manifest,
  { credentials: source, through, baseUrl }: Connection,
  signal: AbortSignal,
): Promise<Session> {
  const { api, auth, name: server } = manifest;
  let credentials = await source.read();
  let clean = redactor(secretsOf(manifest.credentials, credentials));

  const at = (url: URL) => (baseUrl ? new URL(url.pathname + url.search, baseUrl) : url);

  const fail: Session['fail'] = (problem, reply = { status: 0 }, retryable) =>
    new VendorError(server, clean(problem), {
      http: reply.status,
      requestId: (api.requestId && reply.headers?.[api.requestId]) || null,
      ...(retryable !== undefined && { retryable }),
    });

  async function exchange(current: Credentials): Promise<Credentials> {
    if (auth.kind === 'key') throw new Error('a key cannot be renewed');
    const request = auth.kind === 'token' ? auth.exchange(current) : refreshRequest(auth, current);
    let reply: Reply;
    try {
      reply = await exchangeToken(request, at(new URL(request.url)), through, signal);
    } catch (error) {
      throw fail(unreachable(error));
    }
    if (reply.status === 429 || reply.status >= 500) throw fail(signInAway, reply);
    const renewed = withToken(current, (reply.body ?? {}) as Record<string, unknown>, Date.now());
    if (reply.status < 300 && renewed.ok) return renewed.credentials;
    throw fail(
      {
        kind: 'credentials',
        code: 'token_refused',
        message: 'The credentials are no longer accepted.',
      },
      reply,
    );
  }

  async function renew(stale: string | undefined): Promise<void> {
    credentials = await source.renew(stale, exchange);
    clean = redactor(secretsOf(manifest.credentials, credentials));
  }

  return {
    credentials: () => credentials,
    at,
    fail,
    async prepare() {
      const missing = manifest.credentials.find(
        ({ key, optional }) => !optional && auth.kind !== 'oauth2' && !credentials[key],
      );
      const nothing = auth.kind === 'oauth2' && !credentials['accessToken'] && !credentials['refreshToken'];
      if (missing || nothing) throw fail(notConnected);
      const token = credentials['accessToken'];
      const unfetched = auth.kind !== 'key' && !token;
      if ((unfetched || isStale(credentials, Date.now())) && canRenew(auth, credentials)) await renew(token);
    },
    async recover(usedToken) {
      if (!canRenew(auth, credentials)) return false;
      await renew(usedToken);
      return true;
    },
  };
}

const notConnected: Problem = {
  kind: 'credentials',
  code: 'not_connected',
  message: 'Complete the credentials first.',
};

/** The problem when no response came. */
export function unreachable(error: unknown): Problem {
  const code = error instanceof NoAnswer ? error.code : 'UNKNOWN';
  if (code === forbiddenHostCode) {
    return {
      kind: 'invalid',
      code: 'host_forbidden',
      message: 'This address leads into a private network.',
    };
  }
  return { kind: 'unavailable', code: code.toLowerCase(), message: 'The server can’t be reached.' };
}
