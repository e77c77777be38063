import { z } from 'zod';

/** What a freeze stops: one tenant, or every one. */
export const freezeReaches = ['tenant', 'platform'] as const;
export type FreezeReach = (typeof freezeReaches)[number];

/** What a thaw does with what was held: `run` does all of it, `skip` drops held emails and refuses held tool calls. */
const thawPolicies = ['run', 'skip'] as const;
const thawPolicy = z.enum(thawPolicies, 'Choose what happens to held work.');
export type ThawPolicy = z.infer<typeof thawPolicy>;

/** How a freeze is thawed. */
export const thawing = z.strictObject({
  policy: thawPolicy,
  /** With `skip`: held emails younger than this are sent all the same; 0 drops all of them. */
  keepHours: z.coerce.number('Enter a number of hours.').int().min(0, 'At least 0.').max(720, 'At most 720.'),
});
export type Thawing = z.infer<typeof thawing>;

/** Emails without which people can't get into or protect their own account. They are sent while frozen. */
export const sentWhileFrozen: readonly string[] = [
  'account-exists',
  'reset-password',
  'security-notice',
  'sessions-ended',
];

/** An open freeze. */
export interface Freeze {
  id: string;
  reach: FreezeReach;
  since: Date;
  /** Id and name of the person; the name is null where that person is unknown. */
  frozenBy: string;
  byName: string | null;
  reason: string;
  /** Of the run that holds it. */
  workflowId: string;
}
