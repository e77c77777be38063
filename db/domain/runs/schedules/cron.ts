import { CronExpressionParser } from 'cron-parser';

/** A number, the name of a month or day, a range of them or any, with or without a step. */
const value = '(?:\\d{1,2}|[a-z]{3})';
const part = `(?:\\*|${value}(?:-${value})?)(?:/\\d{1,2})?`;
const fieldPattern = new RegExp(`^${part}(?:,${part}){0,30}$`, 'i');

/** Why a cron expression can't be used. */
export type CronProblem = 'fields' | 'syntax' | 'bothDays' | 'never';

/** What each part of a clock and calendar may show; months from 1, days of the week from 0 for Sunday. */
export interface CronFields {
  minute: ReadonlySet<number>;
  hour: ReadonlySet<number>;
  dayOfMonth: ReadonlySet<number>;
  month: ReadonlySet<number>;
  dayOfWeek: ReadonlySet<number>;
}

const numbers = ({ values }: { values: readonly unknown[] }) => new Set(values.map(Number));

/** Takes an expression apart. Throws where it is none. */
export function cronFields(cron: string): CronFields {
  const { fields } = CronExpressionParser.parse(cron, { tz: 'UTC' });
  return {
    minute: numbers(fields.minute),
    hour: numbers(fields.hour),
    dayOfMonth: numbers(fields.dayOfMonth),
    month: numbers(fields.month),
    // Sunday is both 0 and 7.
    dayOfWeek: new Set([...numbers(fields.dayOfWeek)].map((day) => day % 7)),
  };
}

/** What is wrong with an expression; null where it can be used. */
export function cronProblem(cron: string): CronProblem | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5) return 'fields';
  if (!fields.every((field) => fieldPattern.test(field))) return 'syntax';
  // Systems disagree on whether both have to match or one of them, so neither is guessed.
  if (fields[2] !== '*' && fields[4] !== '*') return 'bothDays';
  try {
    return CronExpressionParser.parse(cron, { tz: 'UTC' }).hasNext() ? null : 'never';
  } catch {
    return 'syntax';
  }
}
