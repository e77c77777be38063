import { z } from 'zod';
import { defineProcess } from '../define.ts';

export const transferOwnershipContract = defineProcess({
  name: 'transfer-ownership',
  title: 'Ownership transfer',
  summary: 'Makes another member the owner of a business, the owner an admin, and tells both.',
  queue: 'core',
  trigger: null,
  steps: [
    { key: 'transfer', title: 'Roles changed' },
    { key: 'notify', title: 'Both told', skippable: true },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    /** The owner who hands over. */
    from: z.string(),
    to: z.string(),
    /** Names the request: sent again, it is the same transfer. */
    requestKey: z.string(),
  }),
  output: z.object({ transferred: z.literal(true) }),
  updates: {
    /** Answers when the roles have changed, or with the reason why they have not. */
    transferred: { input: z.null(), output: z.null() },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => input.requestKey,
  subject: (input) => input.to,
});
