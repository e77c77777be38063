import type { Request, Response } from 'express';
import { readCookie } from './cookies.ts';
import { dayMs } from '../../db/domain/time.ts';

const name = 'bizosaas.activity-seen';

/** Looking at a list changes nothing in the database, so the browser remembers when it was. */
export function noteActivitySeen(response: Response): void {
  response.cookie(name, String(Date.now()), {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: 30 * dayMs,
  });
}

/** When that was; a day ago where the browser does not know, or knows nonsense. */
export function activitySeenAt(request: Request): Date {
  const seenMs = Number(readCookie(request.headers.cookie, name));
  const nowMs = Date.now();
  return new Date(seenMs > 0 && seenMs <= nowMs ? seenMs : nowMs - dayMs);
}
