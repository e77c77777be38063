import type { Request, Response } from 'express';

/** Our cookies, each by the last part of its name. */
export type OwnCookie =
  | 'session_token'
  | 'view_token'
  | 'csrf'
  | 'device'
  | 'pending'
  | 'provider'
  | 'identity'
  | 'sign-up'
  | 'draft'
  | 'flash'
  | 'activity-seen';

const isHttps = (publicUrl: string): boolean => publicUrl.startsWith('https:');

/**
 * The whole name of a cookie. Under https it begins with `__Host-`: browsers take such a cookie only from this very host,
 * so that no neighbouring subdomain can plant one.
 */
export const cookieName = (name: OwnCookie, publicUrl: string): string =>
  `${isHttps(publicUrl) ? '__Host-' : ''}bizosaas.${name}`;

/** The origin that `createApp` was given; it decides how cookies are called. */
const publicUrlOf = ({ app }: Request | Response): string => String(app.locals['publicUrl']);

const attributes = (publicUrl: string) =>
  ({ sameSite: 'lax', path: '/', secure: isHttps(publicUrl) }) as const;

/** Sets a cookie for `maxAgeMs`, or until the browser is closed; scripts can't read it unless `readable`. */
export function setCookie(
  response: Response,
  name: OwnCookie,
  value: string,
  { maxAgeMs, readable = false }: { maxAgeMs?: number; readable?: boolean } = {},
): void {
  const publicUrl = publicUrlOf(response);
  response.cookie(cookieName(name, publicUrl), value, {
    ...attributes(publicUrl),
    httpOnly: !readable,
    encode: String,
    ...(maxAgeMs !== undefined && { maxAge: maxAgeMs }),
  });
}

export function dropCookie(response: Response, name: OwnCookie): void {
  const publicUrl = publicUrlOf(response);
  response.clearCookie(cookieName(name, publicUrl), attributes(publicUrl));
}

/** The value of one of our cookies; undefined where it is missing. */
export const ownCookie = (request: Request, name: OwnCookie): string | undefined =>
  readCookie(request.headers.cookie, cookieName(name, publicUrlOf(request)));

/** The value of one cookie in a `Cookie` header, as it was sent; undefined where it is missing. */
export function readCookie(header: string | undefined, wanted: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const split = part.indexOf('=');
    if (split > 0 && part.slice(0, split).trim() === wanted) return part.slice(split + 1).trim();
  }
  return undefined;
}
