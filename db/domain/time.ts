/** Lengths of time in milliseconds. A day is 24 hours; days of a calendar belong to its time zone. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The day of a moment in UTC: `2026-11-22`. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10);
