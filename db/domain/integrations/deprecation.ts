import { dayMs, hourMs } from '../time.ts';

/** A day ends last twelve hours behind UTC. */
const lastZoneMs = 12 * hourMs;

/** The moment a server is switched off whose last usable day is `day` (YYYY-MM-DD): when that day is over everywhere. */
export function offAtAfter(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs + lastZoneMs);
}

/** The last day on which a server can be used in every timezone (YYYY-MM-DD), by the moment it is switched off. */
export function lastDayBefore(offAt: Date): string {
  return new Date(offAt.getTime() - lastZoneMs - 1).toISOString().slice(0, 10);
}

/** When tenants are told before a server is retired; the first email is sent immediately. */
const daysBefore = { now: null, month: 30, week: 7, day: 1 } as const;
export type NoticeKey = keyof typeof daysBefore;
export const noticeKeys = Object.keys(daysBefore) as NoticeKey[];

/** The emails still to be sent before a server is retired, in order; times in milliseconds. */
export function noticesBefore(nowMs: number, offAtMs: number): { key: NoticeKey; atMs: number }[] {
  return noticeKeys.flatMap((key) => {
    const days = daysBefore[key];
    const atMs = days === null ? nowMs : offAtMs - days * dayMs;
    return days === null || atMs > nowMs ? [{ key, atMs }] : [];
  });
}
