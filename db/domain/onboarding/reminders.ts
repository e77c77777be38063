import { dayMs, hourMs, minuteMs } from '../time.ts';

/** Reminders go out this long after the customer was last active. */
export const reminderAfterMs = [dayMs, 3 * dayMs, 7 * dayMs] as const;
/** The account is closed this long after the customer was last active. */
export const abandonAfterMs = 14 * dayMs;

/** No email at night: before 09:00 and from 20:00 it waits until 09:00. */
const opensAtHour = 9;
const closesAtHour = 20;

function localParts(atMs: number, timeZone: string): { hour: number; minute: number; second: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(new Date(atMs));
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return { hour: value('hour'), minute: value('minute'), second: value('second') };
}

/**
 * The first moment at or after `dueMs` that is between 09:00 and 20:00 in the tenant's timezone; epoch milliseconds.
 */
export function withinWakingHours(dueMs: number, timeZone: string): number {
  const { hour, minute, second } = localParts(dueMs, timeZone);
  if (hour >= opensAtHour && hour < closesAtHour) return dueMs;
  const hoursToNine = (opensAtHour - hour + 24) % 24;
  const guess = dueMs + hoursToNine * hourMs - minute * minuteMs - second * 1_000 - (dueMs % 1_000);
  // A clock change between the two moments shifts the local hour by the difference: correct once.
  const landed = localParts(guess, timeZone);
  const drift = landed.hour - opensAtHour;
  return guess - (drift > 12 ? drift - 24 : drift) * hourMs - landed.minute * minuteMs;
}

/** When reminder number `sent` (0-based) goes out; null when all have gone. */
export function nextReminderAtMs(lastActiveMs: number, sent: number, timeZone: string): number | null {
  const after = reminderAfterMs[sent];
  return after === undefined ? null : withinWakingHours(lastActiveMs + after, timeZone);
}
