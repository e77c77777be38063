import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { reason } from '../../db/domain/common.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { registration, serverSource } from '../../db/domain/integrations/registration.ts';
import { minuteMs, dayMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

export const registerServerContract = defineProcess({
  name: 'register-server',
  title: 'Register server',
  summary: 'Fetches a third-party server, reads its tools and publishes it after a review.',
  queue: 'core',
  about: 'server',
  trigger: null,
  steps: [
    { key: 'fetch', title: 'Fetched', lateAfterMs: 10 * minuteMs },
    { key: 'read', title: 'Tools read', pending: 'read its tools' },
    { key: 'review', title: 'Reviewed', pending: 'review its tools', lateAfterMs: 3 * dayMs },
    { key: 'publish', title: 'Published' },
  ],
  input: z.strictObject({
    server: kebabName,
    /** Of a new server; null when a registered one gets another source. */
    registration: registration.omit({ source: true, name: true }).nullable(),
    source: serverSource,
    reason,
    actor,
  }),
  output: z.object({ outcome: z.enum(['published', 'changed', 'discarded', 'expired', 'refused']) }),
  updates: {
    /** Answers when it is fetched, or with the reason why it cannot be. */
    fetched: { input: z.null(), output: z.object({ server: z.string() }) },
    /** Starts or calls it, with the secret staged under this name, and reads its tools. */
    readTools: {
      input: z.strictObject({ secret: z.string().nullable(), by: actor }),
      output: z.object({ tools: z.number().int() }),
    },
    /** Tenants see it from now on. */
    publish: { input: z.strictObject({ by: actor }), output: z.null() },
    /** Ends the registration; a server that was registered before stays as it is. */
    discard: { input: z.strictObject({ reason, by: actor }), output: z.null() },
  },
  manualMessages: {
    discard: {
      title: 'Discard the registration',
      happens: 'The registration ends. A server that was registered before stays as it is.',
    },
  },
  tenantId: () => PLATFORM_TENANT_ID,
  key: (input) => input.server,
  subject: (input) => input.server,
});
