import { ExpressionError } from './expression.ts';
import type { Json } from './definition.ts';
import { dayMs } from '../../time.ts';

/** What is known of a value before the run; `unknown` fits everywhere. */
export type Type = 'unknown' | 'null' | 'boolean' | 'integer' | 'string' | 'array' | 'object';

export interface ExpressionFunction {
  /** Types of what it takes. */
  takes: readonly Type[];
  gives: Type;
  run(given: readonly Json[], place: number): Json;
}

const longestText = 20_000;

export function typeOf(value: Json): Type {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'number' ? 'integer' : (type as Type);
}

/** A value as it reads inside a text; null is empty. */
export function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const str = (value: Json | undefined): string => textOf(value ?? null);

export function bounded(text: string, place: number): string {
  if (text.length > longestText) throw new ExpressionError('too-large', place);
  return text;
}

export function whole(value: number, place: number): number {
  if (!Number.isSafeInteger(value)) throw new ExpressionError('too-large', place);
  // Zero has one sign.
  return value + 0;
}

/** Milliseconds of "2026-11-29" or "2026-11-29T10:00:00Z". */
export function momentOf(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

function moment(text: Json | undefined, place: number): number {
  const ms = momentOf(str(text));
  if (ms === null) throw new ExpressionError('no-date', place);
  return ms;
}

const text = (run: (value: string) => string): ExpressionFunction => ({
  takes: ['string'],
  gives: 'string',
  run: ([value], place) => bounded(run(str(value)), place),
});
const test = (run: (value: string, part: string) => boolean): ExpressionFunction => ({
  takes: ['string', 'string'],
  gives: 'boolean',
  run: ([value, part]) => run(str(value), str(part)),
});
const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

/** Every function of the language; none reads anything but what it is given. */
export const functions: ReadonlyMap<string, ExpressionFunction> = new Map(
  Object.entries({
    upper: text((value) => value.toUpperCase()),
    lower: text((value) => value.toLowerCase()),
    trim: text((value) => value.trim()),
    contains: test((value, part) => value.includes(part)),
    startsWith: test((value, part) => value.startsWith(part)),
    endsWith: test((value, part) => value.endsWith(part)),
    text: {
      takes: ['unknown'],
      gives: 'string',
      run: ([value], place) => bounded(textOf(value ?? null), place),
    },
    integer: {
      takes: ['unknown'],
      gives: 'integer',
      run([value], place) {
        const read = typeof value === 'number' ? value : /^-?\d+$/.test(str(value)) ? Number(value) : NaN;
        if (!Number.isInteger(read)) throw new ExpressionError('not-whole', place);
        return whole(read, place);
      },
    },
    length: {
      takes: ['unknown'],
      gives: 'integer',
      run: ([value]) => (typeof value === 'string' ? value.length : listOf(value).length),
    },
    first: { takes: ['array'], gives: 'unknown', run: ([value]) => listOf(value)[0] ?? null },
    last: { takes: ['array'], gives: 'unknown', run: ([value]) => listOf(value).at(-1) ?? null },
    join: {
      takes: ['array', 'string'],
      gives: 'string',
      run: ([value, between], place) => bounded(listOf(value).map(textOf).join(str(between)), place),
    },
    includes: {
      takes: ['array', 'unknown'],
      gives: 'boolean',
      run: ([value, item]) => listOf(value).some((one) => JSON.stringify(one) === JSON.stringify(item)),
    },
    either: {
      takes: ['unknown', 'unknown'],
      gives: 'unknown',
      run: ([value, other]) => value ?? other ?? null,
    },
    min: { takes: ['integer', 'integer'], gives: 'integer', run: ([a, b]) => Math.min(Number(a), Number(b)) },
    max: { takes: ['integer', 'integer'], gives: 'integer', run: ([a, b]) => Math.max(Number(a), Number(b)) },
    day: {
      takes: ['string'],
      gives: 'string',
      run: ([value], place) => new Date(moment(value, place)).toISOString().slice(0, 10),
    },
    addDays: {
      takes: ['string', 'integer'],
      gives: 'string',
      run([value, days], place) {
        const ms = moment(value, place) + Number(days) * dayMs;
        if (Math.abs(ms) > 8e15) throw new ExpressionError('too-large', place);
        const iso = new Date(ms).toISOString();
        return str(value).length === 10 ? iso.slice(0, 10) : iso;
      },
    },
    daysBetween: {
      takes: ['string', 'string'],
      gives: 'integer',
      run: ([from, to], place) => Math.floor((moment(to, place) - moment(from, place)) / dayMs),
    },
    /** An amount in the smallest unit, as people read it: `amount(129900, "EUR")` is "1,299.00 EUR". */
    amount: {
      takes: ['integer', 'string'],
      gives: 'string',
      run([minor, currency]) {
        const digits = String(Math.abs(Number(minor))).padStart(3, '0');
        const units = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
        return `${Number(minor) < 0 ? '-' : ''}${units}.${digits.slice(-2)} ${str(currency)}`;
      },
    },
  } satisfies Record<string, ExpressionFunction>),
);
