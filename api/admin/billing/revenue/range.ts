import { z } from 'zod';
import { momentsOf, wallOf } from '../../../../db/domain/runs/schedules/zone-clock.ts';
import { dayMs, hourMs } from '../../../../db/domain/time.ts';
import { optionalParam } from '../../shared/query.ts';

export const revenueIntervals = ['day', 'month', 'year'] as const;
export type RevenueInterval = (typeof revenueIntervals)[number];

const dayText = optionalParam(z.iso.date());

/** Days of the calendar of the reader; both are part of the range. */
export const rangeQuery = z.object({
  from: dayText,
  to: dayText,
  interval: z.enum(revenueIntervals).catch('month'),
});
export type RangeQuery = z.output<typeof rangeQuery>;

/** More stretches than a page can show; a longer range is cut at its beginning. */
const mostStretches = { day: 92, month: 36, year: 10 } as const;
const usualStretches = { day: 30, month: 12, year: 3 } as const;

const isoDay = (wall: number) => new Date(wall).toISOString().slice(0, 10);

/** The first day of the stretch that is `back` before the one a day falls into. */
function stretchStart(day: string, interval: RevenueInterval, back = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (interval === 'day') return isoDay(Date.UTC(year, month - 1, date - back));
  if (interval === 'month') return isoDay(Date.UTC(year, month - 1 - back, 1));
  return isoDay(Date.UTC(year - back, 0, 1));
}

/** Midnight of a day by the clocks of a timezone; where they skip it, the hour after. */
export function midnight(day: string, timezone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`);
  return new Date(momentsOf(timezone, wall)[0] ?? momentsOf(timezone, wall + hourMs)[0] ?? wall);
}

export interface Stretches {
  /** First days of the stretches, the oldest first. */
  days: string[];
  from: Date;
  /** The moment before which the range ends. */
  to: Date;
}

/** What a query asks for, in whole stretches; without a range the last ones, up to now. */
export function stretchesOf({ from, to, interval }: RangeQuery, timezone: string, nowMs: number): Stretches {
  const today = isoDay(wallOf(timezone, nowMs));
  const last = to && to < today ? to : today;
  const wanted = from && from <= last ? from : stretchStart(last, interval, usualStretches[interval] - 1);
  const days: string[] = [];
  for (let back = 0; back < mostStretches[interval]; back += 1) {
    const day = stretchStart(last, interval, back);
    days.unshift(day);
    if (day <= wanted) break;
  }
  const end = new Date(Date.parse(`${last}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
  return { days, from: midnight(days[0] ?? last, timezone), to: midnight(end, timezone) };
}
