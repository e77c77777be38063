import { z } from 'zod';
import { timezone } from '../../common.ts';
import { type CronProblem, cronProblem } from './cron.ts';

/** When a schedule starts runs. */
export type Timing =
  | {
      kind: 'cron';
      /** Five fields, read by the clocks of the timezone. */
      cron: string;
      timezone: string;
    }
  | {
      kind: 'interval';
      /** Seconds between two starts, counted from midnight UTC of 1 January 1970. */
      everyS: number;
      /** In which the times are shown. */
      timezone: string;
    };

/** Seconds of the units in which people give an interval. */
export const unitSeconds = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
export type IntervalUnit = keyof typeof unitSeconds;
export const intervalUnits = Object.keys(unitSeconds) as [IntervalUnit, ...IntervalUnit[]];

/** A shorter interval would keep the workers busy with starting. */
const shortestS = 10;
const longestS = 366 * unitSeconds.days;

const cronMessages: Record<CronProblem, string> = {
  fields: 'Enter five fields: minute, hour, day of the month, month, day of the week.',
  syntax: 'Check the format, such as 0 9 * * MON-FRI for weekdays at 9:00.',
  bothDays: 'Choose days of the month or days of the week, and put * for the other.',
  never: 'This never comes. Check the day and the month.',
};

const empty = (value: unknown) => (value === '' || value === null ? undefined : value);

/** When a schedule starts runs, as forms and programs give it. */
export const timing = z
  .strictObject({
    kind: z.enum(['cron', 'interval'], 'Choose how the time is given.'),
    cron: z.preprocess(empty, z.string().trim().max(100, 'At most 100 characters.').optional()),
    every: z.preprocess(empty, z.coerce.number('Enter a number.').int('Enter a whole number.').optional()),
    unit: z.preprocess(empty, z.enum(intervalUnits).optional()),
    timezone,
  })
  .transform((given, context): Timing => {
    const refuse = (field: string, message: string): never => {
      context.addIssue({ code: 'custom', path: [field], message });
      return z.NEVER;
    };
    if (given.kind === 'cron') {
      const cron = (given.cron ?? '').replace(/\s+/g, ' ');
      const problem = cronProblem(cron);
      if (problem) return refuse('cron', cronMessages[problem]);
      return { kind: 'cron', cron, timezone: given.timezone };
    }
    if (given.every === undefined) return refuse('every', 'Enter a number.');
    const everyS = given.every * unitSeconds[given.unit ?? 'minutes'];
    if (everyS < shortestS) return refuse('every', `At least ${shortestS} seconds.`);
    if (everyS > longestS) return refuse('every', 'At most 366 days.');
    return { kind: 'interval', everyS, timezone: given.timezone };
  });

/** An interval in the largest unit that fits. */
export function inUnits(everyS: number): { every: number; unit: IntervalUnit } {
  const unit = [...intervalUnits].reverse().find((one) => everyS % unitSeconds[one] === 0) ?? 'seconds';
  return { every: everyS / unitSeconds[unit], unit };
}
