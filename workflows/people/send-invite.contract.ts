import { z } from 'zod';
import { emailAddress, text } from '../../db/domain/common.ts';
import { tenantRoles } from '../../db/domain/roles.ts';
import { dayMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

export const sendInviteContract = defineProcess({
  name: 'send-invite',
  title: 'Invitation',
  summary: 'Invites a person to a team by email, reminds them once and expires after seven days.',
  queue: 'core',
  about: 'invitation',
  trigger: null,
  steps: [
    { key: 'invite', title: 'Invitation' },
    { key: 'answer', title: 'Answer', pending: 'answer the invitation', lateAfterMs: 3 * dayMs },
  ],
  input: z.strictObject({
    invitationId: z.string(),
    tenantId: z.string(),
    email: emailAddress,
    name: text(120).nullable(),
    role: z.enum(tenantRoles),
    invitedBy: z.string(),
  }),
  output: z.object({ outcome: z.enum(['accepted', 'revoked', 'expired']) }),
  updates: {
    /** Answers as soon as the invitation exists, or with the reason why it cannot. */
    invitationReady: { input: z.null(), output: z.object({ invitationId: z.string() }) },
    /** The person joins: with a new account, or with the one that is signed in (then without a password). */
    accept: {
      input: z.strictObject({ userId: z.string(), name: text(120), passwordHash: z.string().nullable() }),
      output: z.null(),
    },
    /** Sends the email once more, with the current link. */
    resend: { input: z.strictObject({ by: z.string() }), output: z.null() },
    /** Revokes the invitation. */
    withdraw: { input: z.strictObject({ by: z.string() }), output: z.null() },
  },
  manualMessages: {
    resend: {
      title: 'Send the invitation again',
      happens: 'The invited person gets the email once more, with the current link.',
    },
    withdraw: {
      title: 'Withdraw the invitation',
      happens: 'The link stops working, and the run ends.',
    },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => input.invitationId,
  subject: (input) => input.invitationId,
});
