import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

export const disconnectServerContract = defineProcess({
  name: 'disconnect-server',
  title: 'Disconnect server',
  summary: 'Revokes our access at the vendor, ends the connection and deletes its credentials.',
  queue: 'core',
  about: 'server',
  trigger: null,
  steps: [
    { key: 'approvals', title: 'Pending approvals denied' },
    { key: 'revoke', title: 'Access revoked', skippable: true, lateAfterMs: 5 * minuteMs },
    { key: 'close', title: 'Connection ended' },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    server: kebabName,
    /** Version of the credentials: the same connection is ended once. */
    version: z.number().int(),
    actor,
  }),
  output: z.object({ revoked: z.boolean() }),
  updates: {
    /** Answers when the connection has ended here, and whether the vendor has revoked our access. */
    disconnected: { input: z.null(), output: z.object({ revoked: z.boolean() }) },
  },
  tenantId: (input) => input.tenantId,
  key: (input) => `${input.server}-${input.version}`,
  subject: (input) => input.server,
});
