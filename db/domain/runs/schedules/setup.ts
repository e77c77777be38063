import { z } from 'zod';
import { type Timing, timing } from './timing.ts';

/** What happens when the run before is still open at the time of the next. */
export const overlapPolicies = ['skip', 'bufferOne', 'bufferAll', 'cancelOther', 'allowAll'] as const;
export type OverlapPolicy = (typeof overlapPolicies)[number];

/** All that can be changed of a schedule. */
export interface ScheduleSetup {
  when: Timing;
  overlap: OverlapPolicy;
  /** Each start is put off by up to so many seconds, so that not all start at once. */
  jitterS: number;
  /** A start that was missed while the platform was away is made up for so many seconds. */
  catchUpS: number;
}

const daySeconds = 86_400;
const seconds = (min: number, max: number, initial: number) =>
  z.preprocess(
    (value) => (value === '' || value === null ? undefined : value),
    z.coerce
      .number('Enter a number.')
      .int('Enter a whole number.')
      .min(min, `At least ${min}.`)
      .max(max, `At most ${max}.`)
      .default(initial),
  );

/** What is asked for of every schedule. */
export const setupFields = {
  when: timing,
  overlap: z.enum(overlapPolicies, 'Choose an option.').default('skip'),
  jitterS: seconds(0, 3_600, 0),
  // Temporal itself makes up for a whole year unless it is told otherwise, and takes no less than ten seconds.
  catchUpS: seconds(10, 7 * daySeconds, 600),
} as const;
