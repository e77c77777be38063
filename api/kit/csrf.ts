import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { RequestContext } from './context.ts';
import { ownerField, ownerOf } from './draft.ts';

/** Header in which JSON calls send the token back; form posts carry it in `_csrf`. */
export const csrfHeader = 'x-csrf-token';
export const csrfField = '_csrf';

/** The token of a session. A page that can only make the browser send a form can't read it. */
export function csrfToken(secret: string, sessionId: string): string {
  return createHmac('sha256', secret).update(`csrf:${sessionId}`).digest('base64url');
}

function equal(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether a browser says that a request comes from a page of ours; null where it says nothing. */
function isOwn({ headers }: Request, publicUrl: string): boolean | null {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site && site !== 'same-origin' && site !== 'none') return false;
  if (!origin) return site === 'same-origin' ? true : null;
  return origin === new URL(publicUrl).origin || origin === `http://${host}` || origin === `https://${host}`;
}

/**
 * Whether the sender of a request that changes something meant it. `forged`: it comes from another site, or without the
 * token of its session from who knows where. `outdated`: it comes from a page of ours that an older session was shown.
 */
export function forgeryOf(
  request: Request,
  { deps, principal }: Pick<RequestContext, 'deps' | 'principal'>,
): 'none' | 'outdated' | 'forged' {
  // A browser sends no key unless its page has it: there is nothing to borrow.
  if (principal?.key) return 'none';
  const own = isOwn(request, deps.publicUrl);
  if (own === false) return 'forged';
  // Without a session there is no authority to borrow.
  if (!principal) return 'none';
  const body = request.body as Record<string, unknown> | undefined;
  const token = csrfToken(deps.csrfSecret, principal.sessionId);
  // A form that came back into an older page has a new token, while the page around it still sends the old one.
  if ([request.headers[csrfHeader], body?.[csrfField]].some((given) => equal(given, token))) return 'none';
  // A form that was drawn for the same person before they signed in again is theirs still: an older tab works.
  if (own && equal(body?.[ownerField], ownerOf(deps, principal.userId))) return 'none';
  return own ? 'outdated' : 'forged';
}
