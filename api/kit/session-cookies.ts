import type { Request, Response } from 'express';
import type { Principal } from '../../db/auth/provider.ts';
import type { ApiDeps } from './deps.ts';
import { dropCookie, ownCookie, setCookie } from './cookies.ts';
import { csrfToken } from './csrf.ts';

const sessionCookie = 'session_token';
/** Beside the administrator's own session, so that the view can end without ending that. */
const viewCookie = 'view_token';

type Cookies = Pick<ApiDeps, 'csrfSecret'>;

/** The token of a view as another person; null where the request brings none. */
export const viewTokenOf = (request: Request): string | null => ownCookie(request, viewCookie) || null;

/** Who a request comes from. `viewEnded`: it comes from a view as another person that is over. */
export async function principalOf(
  { auth }: Pick<ApiDeps, 'auth'>,
  request: Request,
): Promise<{ principal: Principal | null; viewEnded: boolean }> {
  const view = ownCookie(request, viewCookie);
  if (view) {
    const principal = await auth.authenticate(view);
    return { principal: principal?.view ? principal : null, viewEnded: !principal?.view };
  }
  const token = ownCookie(request, sessionCookie);
  const principal = token ? await auth.authenticate(token) : null;
  // The token of a view opens nothing in the other cookie.
  return { principal: principal?.view ? null : principal, viewEnded: false };
}

/** Who is signed in beside a view as another person. */
export async function adminOf({ auth }: Pick<ApiDeps, 'auth'>, request: Request): Promise<Principal | null> {
  const token = ownCookie(request, sessionCookie);
  return token ? auth.authenticate(token) : null;
}

function setCookies(
  response: Response,
  { csrfSecret }: Cookies,
  cookie: typeof sessionCookie | typeof viewCookie,
  { token, sessionId }: { token: string; sessionId: string },
): void {
  setCookie(response, cookie, token);
  setCsrfCookie(response, csrfToken(csrfSecret, sessionId));
}

/** Readable by our own scripts and by API clients, which send it back in the header. */
const setCsrfCookie = (response: Response, token: string): void =>
  setCookie(response, 'csrf', token, { readable: true });

type Opened = { token: string; sessionId: string };

export const setSessionCookies = (response: Response, deps: Cookies, opened: Opened): void =>
  setCookies(response, deps, sessionCookie, opened);

export const setViewCookies = (response: Response, deps: Cookies, opened: Opened): void =>
  setCookies(response, deps, viewCookie, opened);

/** Signs the browser out. */
export function clearSessionCookies(response: Response): void {
  dropCookie(response, sessionCookie);
  dropCookie(response, 'csrf');
}

/** Leaves a view; the administrator's own session is the browser's again. */
export function clearViewCookies(response: Response, { csrfSecret }: Cookies, admin: Principal | null): void {
  dropCookie(response, viewCookie);
  if (admin) setCsrfCookie(response, csrfToken(csrfSecret, admin.sessionId));
}
