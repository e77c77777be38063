import type { Request, Response } from 'express';
import { ownCookie, setCookie } from './cookies.ts';
import { dayMs } from '../../db/domain/time.ts';

/** Looking at a list changes nothing in the database, so the browser remembers when it was. */
export function noteActivitySeen(response: Response): void {
  setCookie(response, 'activity-seen', String(Date.now()), { maxAgeMs: 30 * dayMs });
}

/** When that was; a day ago where the browser does not know, or knows nonsense. */
export function activitySeenAt(request: Request): Date {
  const seenMs = Number(ownCookie(request, 'activity-seen'));
  const nowMs = Date.now();
  return new Date(seenMs > 0 && seenMs <= nowMs ? seenMs : nowMs - dayMs);
}
