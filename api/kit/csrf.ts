import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { AppError } from '../../db/domain/errors.ts';

/** Header in which JSON calls send the token back; form posts carry it in `_csrf`. */
export const csrfHeader = 'x-csrf-token';
export const csrfCookie = 'bizosaas.csrf';
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

/** Browsers say where a request comes from; another site's is refused whatever it carries. */
function comesFromElsewhere(request: Request, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site && site !== 'same-origin' && site !== 'none') return true;
  const { origin, host } = request.headers;
  if (!origin) return false;
  return origin !== new URL(publicUrl).origin && origin !== `http://${host}` && origin !== `https://${host}`;
}

/** Lets a request that changes something through only when its sender meant it. Throws `request.forged`. */
export function refuseForged(
  request: Request,
  publicUrl: string,
  secret: string,
  sessionId: string | null,
): void {
  if (comesFromElsewhere(request, publicUrl)) throw new AppError('request.forged');
  // Without a session there is no authority to borrow.
  if (!sessionId) return;
  const body = request.body as Record<string, unknown> | undefined;
  const given = request.headers[csrfHeader] ?? body?.[csrfField];
  if (!equal(given, csrfToken(secret, sessionId))) throw new AppError('request.forged');
}
