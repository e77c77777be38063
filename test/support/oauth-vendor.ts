import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { json, type StubVendor, stubVendor } from './tools.ts';

/** A service with sign-in: what its token endpoint was asked, and what it answers. */
export interface OauthVendor {
  vendor: StubVendor;
  /** The person agrees at the address they were led to; the address they are led back to. */
  agree(authorizeUrl: string): URL;
  /** Forms that the token endpoint was sent, oldest first. */
  grants: URLSearchParams[];
  /** What was withdrawn. */
  revoked: URLSearchParams[];
  /** From now on the way out answers 503. */
  away(isAway: boolean): void;
  /** Called before a request with a token is answered. */
  beforeUse(run: (authorization: string) => Promise<void>): void;
}

const formOf = (body: string) => new URLSearchParams(body);
const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

const zoomUser = { id: 'u1', email: 'host@example.com', first_name: 'Holly', type: 2 };

/**
 * Stands in for Zoom, or for another vendor that gives `answer` to any caller with a token: a code works once and only with the verifier whose challenge was shown at the beginning (RFC 7636),
 * refresh tokens rotate, and a used one is refused.
 */
export async function oauthVendor(answer: unknown = zoomUser): Promise<OauthVendor> {
  const vendor = await stubVendor();
  const codes = new Map<string, { challenge: string; redirectUri: string }>();
  const live = new Set<string>();
  const grants: URLSearchParams[] = [];
  const revoked: URLSearchParams[] = [];
  let isAway = false;
  let issued = 0;
  let before: (authorization: string) => Promise<void> = async () => undefined;

  function tokens() {
    issued += 1;
    live.clear();
    live.add(`refresh-canary-${issued}`);
    return {
      access_token: `access-canary-${issued}`,
      refresh_token: `refresh-canary-${issued}`,
      expires_in: 3_600,
    };
  }

  function granted(form: URLSearchParams): object | null {
    if (form.get('grant_type') === 'refresh_token') {
      return live.has(form.get('refresh_token') ?? '') ? tokens() : null;
    }
    const code = form.get('code') ?? '';
    const known = codes.get(code);
    codes.delete(code);
    const fits =
      known?.challenge === challengeOf(form.get('code_verifier') ?? '') &&
      known.redirectUri === form.get('redirect_uri');
    return fits ? tokens() : null;
  }

  async function serve(
    { path, body, headers }: StubVendor['requests'][number],
    response: ServerResponse,
  ): Promise<void> {
    if (isAway) return json(response, 503, { message: 'away' });
    if (/\/(?:token|access_token)$/.test(path)) {
      const form = formOf(body);
      grants.push(form);
      const answer = granted(form);
      return json(response, answer ? 200 : 400, answer ?? { error: 'invalid_grant' });
    }
    if (path === '/oauth/revoke') {
      revoked.push(formOf(body));
      return json(response, 200, { status: 'success' });
    }
    await before(headers.authorization ?? '');
    const current = headers.authorization === `Bearer access-canary-${issued}`;
    if (!current) return json(response, 401, { code: 124, message: 'Invalid access token.' });
    return json(response, 200, answer);
  }
  vendor.answer((request, response) => void serve(request, response));

  return {
    vendor,
    grants,
    revoked,
    agree(authorizeUrl) {
      const asked = new URL(authorizeUrl).searchParams;
      const code = `code-canary-${codes.size + issued + 1}`;
      const redirectUri = asked.get('redirect_uri') ?? '';
      codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirectUri });
      const back = new URL(redirectUri);
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.get('state') ?? '');
      return back;
    },
    away: (value) => void (isAway = value),
    beforeUse: (run) => void (before = run),
  };
}
