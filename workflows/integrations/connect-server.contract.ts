import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { defineProcess } from '../define.ts';

export const connectServerContract = defineProcess({
  name: 'connect-server',
  title: 'Connecting a service',
  summary:
    'Connects a tenant to a service: by its credentials, or by agreeing at the service, and proves that it works.',
  queue: 'core',
  about: 'service',
  trigger: null,
  steps: [
    { key: 'credentials', title: 'Credentials' },
    { key: 'check', title: 'Check at the service' },
    { key: 'connect', title: 'Connection' },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    connectId: z.string(),
    server: kebabName,
    actor,
    /** Name under which the credentials wait in the secret store; null when the person agrees at the service. */
    secret: z.string().nullable(),
    /** Page of the own workspace to which the way back from the service leads. */
    back: z.string().max(300).optional(),
  }),
  output: z.object({ outcome: z.enum(['connected', 'abandoned']) }),
  updates: {
    /** Answers when the service is connected, or with the reason why it is not. */
    connected: {
      input: z.null(),
      output: z.object({ connectionId: z.string(), accountLabel: z.string() }),
    },
    /** Where the person goes to agree. */
    whereToAgree: { input: z.null(), output: z.object({ url: z.string() }) },
    /** The person who set out is back, at the server they set out for: what the service gave them waits under this name. */
    agreed: {
      input: z.strictObject({ secret: z.string(), server: kebabName, by: actor }),
      output: z.object({ connectionId: z.string(), accountLabel: z.string() }),
    },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => input.connectId,
  subject: (input) => input.server,
});
