/** The last days in a timezone as ISO days (`2026-11-22`), the oldest first and today last. */
export function lastDays(count: number, timezone: string, nowMs: number): string[] {
  // Sweden writes dates as ISO does. Days of a calendar are counted in UTC, where each has 24 hours.
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(new Date(nowMs));
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  return Array.from({ length: count }, (_, at) =>
    new Date(Date.UTC(year, month - 1, day - (count - 1 - at))).toISOString().slice(0, 10),
  );
}
