import { z } from 'zod';
import { type DeclineClass, declineClasses } from '../payments.ts';
import { dunningMails } from './state.ts';

/** Days after the first failure. */
const days = z.coerce
  .number('Enter a number.')
  .int('Whole days.')
  .min(0, '0 or more.')
  .max(120, 'At most 120 days.');
const retryList = z
  .array(days.min(1, 'From 1 on.'))
  .max(20, 'At most 20 tries.')
  .refine((list) => list.every((day, at) => day > (list[at - 1] ?? 0)), 'In ascending order.');

/** A form sends "2, 5, 9". */
const retryDays = z.preprocess(
  (given) => (typeof given === 'string' ? given.split(/[\s,;]+/).filter(Boolean) : given),
  retryList,
);
const hour = z.coerce.number('Enter an hour.').int('A full hour.').max(24, 'At most 24.');
const mail = z.enum(dunningMails);

/** Tries of each class of refusal; an empty list is a refusal for good, after which no try is made unasked. */
const retriesByClass = z.strictObject(
  Object.fromEntries(declineClasses.map((key) => [key, retryDays])) as Record<DeclineClass, typeof retryDays>,
);

/** What happens when a payment fails: when it is tried again, who hears of it, and what is taken away until when. */
export const dunningPolicy = z
  .strictObject({
    retriesByClass,
    /** Tries in all, the first included. */
    maxTries: z.coerce
      .number('Enter a number.')
      .int('A whole number.')
      .min(1, 'At least 1.')
      .max(30, 'At most 30.'),
    /** Local hours in which anything happens: from the first, until before the second. */
    fromHour: hour.min(0, '0 or later.'),
    toHour: hour.min(1, '1 or later.'),
    avoidWeekends: z.union([z.boolean(), z.literal('true').transform(() => true)]).default(false),
    mails: z.union([z.array(mail), mail.transform((one) => [one])]).default([]),
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
