import { z } from 'zod';
import { viewModes } from '../../db/domain/identity/impersonation.ts';
import { defineProcess } from '../define.ts';

export const impersonateUserContract = defineProcess({
  name: 'impersonate-user',
  title: 'View as a person',
  summary:
    'Lets an administrator view the portal as a person, tells that person, ends in time and certifies it.',
  queue: 'core',
  trigger: null,
  cancelEffect: 'The view ends immediately and its certificate is written.',
  steps: [
    { key: 'start', title: 'View started' },
    { key: 'notify', title: 'Person told', skippable: true },
    { key: 'end', title: 'View ended' },
    { key: 'certify', title: 'Certificate written' },
  ],
  input: z.strictObject({
    impersonationId: z.string(),
    tenantId: z.string(),
    userId: z.string(),
    adminId: z.string(),
    reason: z.string(),
    ticket: z.string().nullable(),
    minutes: z.number().int(),
    mode: z.enum(viewModes),
    /** SHA-256 of the token that opens the view; the token itself never gets here. */
    exchangeHash: z.string(),
  }),
  output: z.object({ certified: z.literal(true) }),
  updates: {
    /** Answers when the view exists, or with the reason why it can't. */
    viewStarted: { input: z.null(), output: z.object({ expiresAt: z.string() }) },
  },
  signals: {
    /** The row tells that the view has been opened or has ended; without it the process finds out a little later. */
    viewChanged: z.null(),
  },
  manualMessages: {
    viewChanged: {
      title: 'Look at the view now',
      happens:
        'The run checks whether the view was opened or has ended, instead of waiting for its next look.',
    },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => input.impersonationId,
  subject: (input) => input.impersonationId,
});
