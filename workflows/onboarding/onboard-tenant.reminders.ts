import { condition } from '@temporalio/workflow';
import { abandonAfterMs, nextReminderAtMs } from '../../db/domain/onboarding/reminders.ts';
import { dayMs } from '../../db/domain/time.ts';

/** How long the run waits for the owner: reminders first, then the end. */
export interface ReminderSchedule {
  /** The owner did something: everything counts from now. */
  renew(timezone: string): void;
  /** Moves the end; its new time in milliseconds. */
  extend(days: number): number;
  /** A reminder has gone out. */
  reminded(): number;
  /** What happens next if the owner does nothing. */
  next(): { kind: 'reminder' | 'close'; atMs: number; closesAtMs: number };
  /** Something has changed: `wait` returns and the caller checks again. */
  wake(): void;
  /** Waits for the next moment; `woken` when something changed before it came. */
  wait(): Promise<'woken' | 'remind' | 'give up'>;
}

export function reminderSchedule(ownersTimezone: string): ReminderSchedule {
  let timezone = ownersTimezone;
  let lastActiveMs = Date.now();
  let sent = 0;
  let closesAtMs = lastActiveMs + abandonAfterMs;
  let wakeups = 0;

  /** The next reminder, unless the end comes first. */
  function reminderMs(): number | null {
    const atMs = nextReminderAtMs(lastActiveMs, sent, timezone);
    return atMs !== null && atMs < closesAtMs ? atMs : null;
  }

  return {
    renew(zone) {
      timezone = zone;
      lastActiveMs = Date.now();
      sent = 0;
      closesAtMs = Math.max(closesAtMs, lastActiveMs + abandonAfterMs);
      wakeups += 1;
    },
    extend(days) {
      closesAtMs = Math.max(closesAtMs, Date.now()) + days * dayMs;
      wakeups += 1;
      return closesAtMs;
    },
    reminded: () => (sent += 1),
    next() {
      const atMs = reminderMs();
      return { kind: atMs === null ? 'close' : 'reminder', atMs: atMs ?? closesAtMs, closesAtMs };
    },
    wake: () => void (wakeups += 1),
    async wait() {
      const seen = wakeups;
      const atMs = reminderMs();
      await condition(() => wakeups > seen, Math.max(1, (atMs ?? closesAtMs) - Date.now()));
      if (wakeups > seen) return 'woken';
      return atMs === null ? 'give up' : 'remind';
    },
  };
}
