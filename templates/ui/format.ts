import { plainCount, pluralText } from '../../db/domain/plural.ts';
import type { Locale } from './locale.tsx';
import { dayMs, hourMs, minuteMs } from '../../db/domain/time.ts';

/**
 * Pages are in English, so every name that a formatter writes (months, weekdays, "3 min ago", countries) is too,
 * whatever language the viewer reads emails in. British English writes the day before the month, and no full stops.
 * Figures hold no words and are written as in the viewer's region: `en-DE` would not do, because the ICU data groups
 * its numbers the German way and its money the English way.
 */
const wordsTag = 'en-GB';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs far more than using it, so each is built once. */
function dateFormat(locale: Locale, kind: 'day' | 'moment' | 'second'): Intl.DateTimeFormat {
  const key = `${kind} ${locale.timezone}`;
  let format = formats.get(key);
  if (!format) {
    const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
    const second = kind === 'second' ? ({ second: '2-digit' } as const) : {};
    const clock = { hour: '2-digit', minute: '2-digit', ...second } as const;
    const parts = kind === 'day' ? day : { ...day, ...clock, timeZoneName: 'short' as const };
    format = new Intl.DateTimeFormat(wordsTag, {
      timeZone: locale.timezone,
      ...parts,
    });
    formats.set(key, format);
  }
  return format;
}

/** "22 Nov 2026, 15:04 CET" in the reader's timezone. */
export function momentText(iso: string, locale: Locale): string {
  return dateFormat(locale, 'moment').format(new Date(iso));
}
/** "22 Nov 2026, 15:04:09 CET", where the order of what happened matters. */
export function secondText(iso: string, locale: Locale): string {
  return dateFormat(locale, 'second').format(new Date(iso));
}
/** "22 Nov 2026". */
export function dayText(iso: string, locale: Locale): string {
  return dateFormat(locale, 'day').format(new Date(iso));
}
/** "22 Nov 2026" for a day of the calendar (YYYY-MM-DD), which is the same in every timezone. */
export function calendarDayText(day: string, locale: Locale): string {
  return dayText(`${day}T00:00:00Z`, { ...locale, timezone: 'UTC' });
}

const relative = {
  auto: new Intl.RelativeTimeFormat(wordsTag, { style: 'short', numeric: 'auto' }),
  always: new Intl.RelativeTimeFormat(wordsTag, { style: 'short', numeric: 'always' }),
};

const relativeUnits = [
  ['second', 1_000, 60],
  ['minute', minuteMs, 60],
  ['hour', hourMs, 24],
  ['day', dayMs, 30],
  ['month', 2_592_000_000, 12],
  ['year', 31_536_000_000, Infinity],
] as const;

/** "3 hours ago", "in 2 days", "just now". */
export function relativeText(iso: string, locale: Locale): string {
  const differenceMs = new Date(iso).getTime() - locale.nowMs;
  if (differenceMs > -10_000 && differenceMs < 10_000) return 'just now';
  const unit =
    relativeUnits.find(([, size, limit]) => Math.abs(differenceMs) < size * limit) ?? relativeUnits[5];
  // "Yesterday" reads better than "1 day ago", but "last mo" does not.
  const format = relative[unit[0] === 'day' ? 'auto' : 'always'];
  return format.format(Math.round(differenceMs / unit[1]), unit[0]);
}

/** "2 d 3 h", "4 min", "1.2 s": the two largest parts. */
export function durationText(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return seconds % 60 && minutes < 10 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`;
}

/** "+0.123 s", "+2 min 03.500 s", "+1 d 2 h 03 min 04.500 s": time since a beginning, to the millisecond. */
export function offsetText(offsetMs: number): string {
  const ms = Math.max(0, offsetMs);
  const seconds = (ms % 60_000) / 1_000;
  const minutes = Math.floor(ms / 60_000);
  if (minutes === 0) return `+${seconds.toFixed(3)} s`;
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor(minutes / 60) % 24;
  const two = (value: number) => String(value).padStart(2, '0');
  const parts = [
    days > 0 ? `${days} d` : '',
    minutes >= 60 ? `${hours} h` : '',
    `${minutes >= 60 ? two(minutes % 60) : minutes} min`,
    `${seconds.toFixed(3).padStart(6, '0')} s`,
  ];
  return `+${parts.filter(Boolean).join(' ')}`;
}

const regions = new Intl.DisplayNames(wordsTag, { type: 'region' });

/** "Germany" for "DE". */
export function countryText(code: string): string {
  return regions.of(code) ?? code;
}

const numbers = new Map<string, Intl.NumberFormat>();

function numberFormat(language: string): Intl.NumberFormat {
  let format = numbers.get(language);
  if (!format) {
    format = new Intl.NumberFormat(language);
    numbers.set(language, format);
  }
  return format;
}

/** "240 ms", "1.4 s": how long an answer took. */
export function responseTimeText(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

export function numberText(value: number, locale: Locale): string {
  return numberFormat(locale.language).format(value);
}

/** "3 people", "1 person". */
export function countText(count: number, one: string, many: string, locale?: Locale): string {
  if (!locale) return plainCount(count, one, many);
  return `${numberText(count, locale)} ${pluralText(count, one, many)}`;
}
