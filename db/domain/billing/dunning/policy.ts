import { z } from 'zod';
import { type DeclineClass, declineClasses } from '../payments.ts';
import { dunningMails } from './state.ts';

/** Days after the first failure. */
const days = z.number().int('Whole days.').min(0, '0 or more.').max(120, 'At most 120 days.');
const retryDays = z
  .array(days.min(1, 'From 1 on.'))
  .max(20, 'At most 20 tries.')
  .refine((list) => list.every((day, at) => day > (list[at - 1] ?? 0)), 'In ascending order.');

/** Tries of each class of refusal; an empty list is a refusal for good, after which no try is made unasked. */
const retriesByClass = z.strictObject(
  Object.fromEntries(declineClasses.map((key) => [key, retryDays])) as Record<DeclineClass, typeof retryDays>,
);

/** What happens when a payment fails: when it is tried again, who hears of it, and what is taken away until when. */
export const dunningPolicy = z
  .strictObject({
    retriesByClass,
    /** Tries in all, the first included. */
    maxTries: z.number().int().min(1, 'At least 1.').max(30, 'At most 30.'),
    /** Local hours in which anything happens: from the first, until before the second. */
    fromHour: z.number().int().min(0).max(23),
    toHour: z.number().int().min(1).max(24),
    avoidWeekends: z.boolean(),
    mails: z.array(z.enum(dunningMails)),
    restrictAfterDays: days,
    suspendAfterDays: days,
    cancelAfterDays: days,
  })
  .refine(({ fromHour, toHour }) => fromHour < toHour, {
    path: ['toHour'],
    message: 'Later than the first hour.',
  })
  .refine(({ restrictAfterDays: first, suspendAfterDays: second }) => first <= second, {
    path: ['suspendAfterDays'],
    message: 'Not before the restriction.',
  })
  .refine(({ suspendAfterDays: first, cancelAfterDays: second }) => first <= second, {
    path: ['cancelAfterDays'],
    message: 'Not before the suspension.',
  });
export type DunningPolicy = z.output<typeof dunningPolicy>;

/** One version of a policy; it never changes. */
export const dunningPolicyVersion = z.object({
  key: z.string(),
  version: z.number().int(),
  title: z.string(),
  policy: dunningPolicy,
  createdBy: z.string(),
  createdAt: z.date(),
});
export type DunningPolicyVersion = z.output<typeof dunningPolicyVersion>;

/** The policy of everyone to whom no other is given. */
export const standardPolicyKey = 'standard';
