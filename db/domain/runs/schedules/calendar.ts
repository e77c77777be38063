import { hourMs } from '../../time.ts';
import type { CronFields } from './cron.ts';
import { wallOf, type WallMs } from './zone-clock.ts';

/** A search that finds nothing for so long has found all there is: a 29 February on a given weekday comes sooner. */
const longestYears = 40;

/** A clock reading as its parts, which may be out of their range until they are carried. */
interface Parts {
  y: number;
  /** From 1. */
  mo: number;
  d: number;
  h: number;
  m: number;
}

const partsOf = (wall: WallMs): Parts => {
  const at = new Date(wall);
  return {
    y: at.getUTCFullYear(),
    mo: at.getUTCMonth() + 1,
    d: at.getUTCDate(),
    h: at.getUTCHours(),
    m: at.getUTCMinutes(),
  };
};
const wallFrom = ({ y, mo, d, h, m }: Parts): WallMs => Date.UTC(y, mo - 1, d, h, m);
const daysIn = (y: number, mo: number) => new Date(Date.UTC(y, mo, 0)).getUTCDate();

/**
 * A moment at which clocks show this, as Go finds it: of two it takes the one whose offset also holds when the reading is
 * taken for UTC, and for a reading that clocks skip one that is an hour off.
 */
function momentOf(timezone: string, wall: WallMs): number {
  const offsetAt = (atMs: number) => wallOf(timezone, atMs) - atMs;
  const offset = offsetAt(wall);
  const atMs = wall - offset;
  return offsetAt(atMs) === offset ? atMs : wall - offsetAt(atMs);
}

/** Carries minutes into hours, where clocks may show an hour a second time, and hours into days. */
function carry(timezone: string, at: Parts, isSecond: boolean): boolean {
  let second = isSecond;
  if (at.m >= 60) {
    const hour = momentOf(timezone, wallFrom({ ...at, m: 0 }));
    const next = momentOf(timezone, wallFrom({ ...at, h: at.h + 1, m: 0 }));
    at.m = 0;
    // Two hours to the next full one: the hour comes twice, and this was the first time.
    if (!second && next - hour > hourMs) second = true;
    else {
      at.h += 1;
      second = false;
    }
  }
  if (at.h >= 24) {
    at.d += 1;
    at.h = 0;
  }
  if (at.d > daysIn(at.y, at.mo)) {
    at.mo += 1;
    at.d = 1;
  }
  if (at.mo > 12) {
    at.y += 1;
    at.mo = 1;
  }
  return second;
}

/** Moves to the next month, day, hour or minute that doesn't match; true where all of them do. */
function matches(fields: CronFields, at: Parts): 'all' | 'moved' | 'minute' {
  if (!fields.month.has(at.mo)) {
    Object.assign(at, { mo: at.mo + 1, d: 1, h: 0, m: 0 });
    return 'moved';
  }
  const weekday = new Date(wallFrom({ ...at, h: 0, m: 0 })).getUTCDay();
  if (!fields.dayOfMonth.has(at.d) || !fields.dayOfWeek.has(weekday)) {
    Object.assign(at, { d: at.d + 1, h: 0, m: 0 });
    return 'moved';
  }
  if (!fields.hour.has(at.h)) {
    Object.assign(at, { h: at.h + 1, m: 0 });
    return 'moved';
  }
  if (!fields.minute.has(at.m)) {
    at.m += 1;
    return 'minute';
  }
  return 'all';
}

/**
 * The first moment after `afterMs` at which a calendar matches, as Temporal's server finds it, with what it does in the
 * hours that clocks skip and show twice; null where there is none.
 *
 * @see https://github.com/temporalio/temporal/blob/v1.32.2/service/worker/scheduler/calendar.go
 */
export function nextMatch(fields: CronFields, timezone: string, afterMs: number): number | null {
  const at = partsOf(wallOf(timezone, afterMs));
  let isSecond = partsOf(wallOf(timezone, afterMs - hourMs)).h === at.h;
  const lastYear = at.y + longestYears;
  at.m += 1;
  for (;;) {
    isSecond = carry(timezone, at, isSecond);
    if (at.y > lastYear) return null;
    const found = matches(fields, at);
    if (found === 'moved') isSecond = false;
    if (found !== 'all') continue;
    const atMs = momentOf(timezone, wallFrom(at));
    if (partsOf(wallOf(timezone, atMs)).h === at.h) return atMs + (isSecond ? hourMs : 0);
    // Clocks skip this hour.
    at.h += 1;
    at.m = 0;
  }
}
