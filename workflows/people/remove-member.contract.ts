import { z } from 'zod';
import { defineProcess } from '../define.ts';

export const removeMemberContract = defineProcess({
  name: 'remove-member',
  title: 'Member removal',
  summary: 'Takes a person out of a team, ends their sessions, denies what they asked for and tells them.',
  queue: 'core',
  trigger: null,
  steps: [
    { key: 'remove', title: 'Removed and signed out' },
    { key: 'approvals', title: 'Pending approvals denied' },
    { key: 'notify', title: 'Person told', skippable: true },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    userId: z.string(),
    /** When the person joined, in milliseconds: the same membership is ended once. */
    joinedAtMs: z.number().int(),
    by: z.string(),
  }),
  output: z.object({ removed: z.literal(true) }),
  updates: {
    /** Answers when the person is out of the team, or with the reason why they stay. */
    memberRemoved: { input: z.null(), output: z.null() },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => `${input.userId}-${input.joinedAtMs}`,
  subject: (input) => input.userId,
});
