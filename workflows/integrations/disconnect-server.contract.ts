import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { defineProcess } from '../define.ts';

export const disconnectServerContract = defineProcess({
  name: 'disconnect-server',
  title: 'Disconnecting a service',
  summary: 'Has a service forget our access, ends the connection and forgets its credentials.',
  queue: 'core',
  about: 'service',
  trigger: null,
  steps: [
    { key: 'approvals', title: 'Pending approvals denied' },
    { key: 'revoke', title: 'Access withdrawn at the service', skippable: true },
    { key: 'close', title: 'Connection ended' },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    server: kebabName,
    /** Of the credentials that end: the same connection is ended once. */
    version: z.number().int(),
    actor,
  }),
  output: z.object({ revoked: z.boolean() }),
  updates: {
    /** Answers when the connection has ended here, and whether the service has forgotten our access. */
    disconnected: { input: z.null(), output: z.object({ revoked: z.boolean() }) },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => `${input.server}-${input.version}`,
  subject: (input) => input.server,
});
