import { wallOf } from '../../runs/schedules/zone-clock.ts';
import { dayMs, hourMs } from '../../time.ts';
import { momentOf } from '../periods.ts';
import type { DunningPolicy } from './policy.ts';

type Hours = Pick<DunningPolicy, 'fromHour' | 'toHour' | 'avoidWeekends'>;

const isWeekend = (wall: number): boolean => [0, 6].includes(new Date(wall).getUTCDay());

/** The first moment from this one on at which people may be bothered, by their own clock. */
export function allowedMoment(hours: Hours, timezone: string, dueMs: number): number {
  const wall = wallOf(timezone, dueMs);
  const midnight = wall - (wall % dayMs);
  const [opens, closes] = [midnight + hours.fromHour * hourMs, midnight + hours.toHour * hourMs];
  let allowed = wall < opens ? opens : wall < closes ? wall : opens + dayMs;
  while (hours.avoidWeekends && isWeekend(allowed)) {
    const day = allowed - (allowed % dayMs) + dayMs;
    allowed = day + hours.fromHour * hourMs;
  }
  return allowed === wall ? dueMs : momentOf(timezone, allowed);
}

/** The same time of day so many days later, by the clock of the timezone. */
export const daysLater = (timezone: string, fromMs: number, days: number): number =>
  momentOf(timezone, wallOf(timezone, fromMs) + days * dayMs);
