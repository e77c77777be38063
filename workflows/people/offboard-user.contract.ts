import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

/** What ended and what was handed over. */
export const offboardingReceipt = z.object({
  sessions: z.number().int(),
  keys: z.number().int(),
  approvals: z.number().int(),
  invitations: z.number().int(),
  /** Who has them now; null where there was nothing to hand over. */
  heirId: z.string().nullable(),
});
export type OffboardingReceipt = z.infer<typeof offboardingReceipt>;

export const offboardUserContract = defineProcess({
  name: 'offboard-user',
  title: 'Offboarding',
  summary:
    'Takes a person out of a team: access ends at once, requests are denied, work is handed over, and a receipt is sent.',
  queue: 'core',
  trigger: null,
  steps: [
    { key: 'remove', title: 'Removed and signed out', lateAfterMs: minuteMs },
    { key: 'approvals', title: 'Pending approvals denied' },
    { key: 'handover', title: 'Work handed over' },
    { key: 'notify', title: 'Person told, receipt sent', skippable: true, lateAfterMs: 10 * minuteMs },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    userId: z.string(),
    /** When the person joined, in milliseconds: the same membership is ended once. */
    joinedAtMs: z.number().int(),
    /** Who gets what the person leaves, ownership included; the person who removes them if left open. */
    heirId: z.string().nullable(),
    by: actor,
  }),
  output: offboardingReceipt,
  updates: {
    /** Answers when the person is out of the team, or with the reason why they stay. */
    memberRemoved: { input: z.null(), output: z.null() },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => `${input.userId}-${input.joinedAtMs}`,
  subject: (input) => input.userId,
});
