import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { reason } from '../../db/domain/common.ts';
import { minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('session'), sessionId: z.string(), userId: z.string() }),
  z.strictObject({ kind: z.literal('person'), userId: z.string() }),
  z.strictObject({ kind: z.literal('tenant') }),
]);
export type RevocationTarget = z.infer<typeof target>;

export const revokeSessionsContract = defineProcess({
  name: 'revoke-sessions',
  title: 'Session revocation',
  summary:
    'Ends one session, all sessions of a person or those of a whole tenant at once, and tells the people.',
  queue: 'core',
  tellsCaller: true,
  trigger: null,
  steps: [
    { key: 'end', title: 'Sessions ended', lateAfterMs: minuteMs / 6 },
    { key: 'notify', title: 'People told', skippable: true, lateAfterMs: 10 * minuteMs },
  ],
  input: z.strictObject({
    /** Where it is filed: the tenant of the person, or the platform. */
    tenantId: z.string(),
    target,
    /** The person signs in once more with the old password, and only to choose a new one. */
    forcePasswordReset: z.boolean(),
    reason,
    by: actor,
    /** The same request again leads to the same run. */
    requestKey: z.string(),
  }),
  output: z.object({ ended: z.number().int() }),
  updates: {
    /** Answers when the sessions are over, with how many there were. */
    sessionsEnded: { input: z.null(), output: z.object({ ended: z.number().int() }) },
  },
  tenantId: ({ tenantId }) => tenantId,
  // Keys are per person: one never leads to another person's run.
  key: ({ by, requestKey }) => `${by.id}-${requestKey}`,
  subject: ({ target, tenantId }) => (target.kind === 'tenant' ? tenantId : target.userId),
});
