import { dayMs } from '../time.ts';

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
