import { z } from 'zod';
import { defineProcess } from '../define.ts';

export const notifySecurityContract = defineProcess({
  name: 'notify-security',
  title: 'Security notice',
  summary: 'Tells a person that their password, second factor or ways to sign in were changed.',
  queue: 'core',
  trigger: null,
  steps: [{ key: 'send', title: 'Send the notice' }],
  input: z.strictObject({
    /** Where the change is filed: the person's tenant, or the platform. */
    tenantId: z.string(),
    userId: z.string(),
    /** The event of the change, which is stored in the same transaction as the change itself. */
    eventId: z.string(),
  }),
  output: z.object({ sent: z.boolean() }),
  updates: {},
  tenantId: (input) => input.tenantId,
  key: (input) => input.eventId,
  subject: (input) => input.userId,
});
