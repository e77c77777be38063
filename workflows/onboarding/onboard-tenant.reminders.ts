import { condition } from '@temporalio/workflow';
import { abandonAfterMs, nextReminderAtMs } from '../../db/domain/onboarding/reminders.ts';

/** How long the owner is waited for: reminders first, then the end. */
export interface ReminderSchedule {
  /** The owner did something: everything counts from now. */
  renew(timezone: string): void;
  /** Moves the end; its new time in milliseconds. */
  extend(days: number): number;
  /** A reminder has gone out. */
  reminded(): number;
  /** What happens next if nobody does anything. */
  next(): { what: string; atMs: number };
  /** Something has changed: whoever waits looks again. */
  wake(): void;
  /** Waits for the next moment; `disturbed` when something changed before it came. */
  wait(): Promise<'disturbed' | 'remind' | 'give up'>;
}

const dayMs = 86_400_000;

export function reminderSchedule(ownersTimezone: string): ReminderSchedule {
  let timezone = ownersTimezone;
  let lastActiveMs = Date.now();
  let sent = 0;
  let closesAtMs = lastActiveMs + abandonAfterMs;
  let disturbances = 0;

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
      disturbances += 1;
    },
    extend(days) {
      closesAtMs = Math.max(closesAtMs, Date.now()) + days * dayMs;
      disturbances += 1;
      return closesAtMs;
    },
    reminded: () => (sent += 1),
    next() {
      const atMs = reminderMs();
      return atMs === null
        ? { what: 'The unfinished account is closed', atMs: closesAtMs }
        : { what: 'A reminder goes out', atMs };
    },
    wake: () => void (disturbances += 1),
    async wait() {
      const seen = disturbances;
      const atMs = reminderMs();
      await condition(() => disturbances > seen, Math.max(1, (atMs ?? closesAtMs) - Date.now()));
      if (disturbances > seen) return 'disturbed';
      return atMs === null ? 'give up' : 'remind';
    },
  };
}
