import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { reason } from '../../db/domain/common.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { registration, serverSource } from '../../db/domain/integrations/registration.ts';
import { defineProcess } from '../define.ts';

export const registerServerContract = defineProcess({
  name: 'register-server',
  title: 'Bringing in a service',
  summary:
    'Fetches a service that is not ours, reads its tools and offers it once a person has looked at them.',
  queue: 'core',
  about: 'service',
  trigger: null,
  steps: [
    { key: 'fetch', title: 'Fetched' },
    { key: 'read', title: 'Tools read' },
    { key: 'look', title: 'Looked at' },
    { key: 'offer', title: 'Offered to tenants' },
  ],
  input: z.strictObject({
    server: kebabName,
    /** Of a new service; null when one that is there gets another source. */
    registration: registration.omit({ source: true, name: true }).nullable(),
    source: serverSource,
    reason,
    actor,
  }),
  output: z.object({ outcome: z.enum(['offered', 'changed', 'withdrawn', 'expired', 'refused']) }),
  updates: {
    /** Answers when it is fetched, or with the reason why it cannot be. */
    fetched: { input: z.null(), output: z.object({ server: z.string() }) },
    /** Starts or reaches it, with the credentials that wait under this name, and reads its tools. */
    readTools: {
      input: z.strictObject({ secret: z.string().nullable(), by: actor }),
      output: z.object({ tools: z.number().int() }),
    },
    /** Tenants see it from now on. */
    offer: { input: z.strictObject({ by: actor }), output: z.null() },
    /** It is not brought in after all; a service that was there stays as it is. */
    withdraw: { input: z.strictObject({ reason, by: actor }), output: z.null() },
  },
  tenantId: () => PLATFORM_TENANT_ID,
  key: (input) => input.server,
  subject: (input) => input.server,
});
