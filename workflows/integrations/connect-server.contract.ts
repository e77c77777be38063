import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

export const connectServerContract = defineProcess({
  name: 'connect-server',
  title: 'Connect server',
  summary: 'Connects a tenant to a server, by credentials or by OAuth, and checks that it works.',
  queue: 'core',
  tellsCaller: true,
  about: 'server',
  trigger: null,
  steps: [
    { key: 'credentials', title: 'Credentials', pending: 'grant access' },
    { key: 'check', title: 'Check with the vendor', lateAfterMs: minuteMs },
    { key: 'connect', title: 'Connection' },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    connectId: z.string(),
    server: kebabName,
    actor,
    /** Name of the staged secret with the credentials; null when the person grants access by OAuth. */
    secret: z.string().nullable(),
    /** Page of the portal the person returns to after OAuth. */
    returnTo: z.string().max(300).optional(),
  }),
  output: z.object({ outcome: z.enum(['connected', 'abandoned']) }),
  updates: {
    /** Answers when the server is connected, or with the reason why it is not. */
    connected: {
      input: z.null(),
      output: z.object({ connectionId: z.string(), accountLabel: z.string() }),
    },
    /** Address at which the person grants access. */
    authorizationUrl: { input: z.null(), output: z.object({ url: z.string() }) },
    /** The person is back from the vendor they were sent to; what it granted is staged under this name. */
    authorized: {
      input: z.strictObject({ secret: z.string(), server: kebabName, by: actor }),
      output: z.object({ connectionId: z.string(), accountLabel: z.string() }),
    },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => input.connectId,
  subject: (input) => input.server,
});
