import { z } from 'zod';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { defineProcess } from '../define.ts';

/** One webhook of a server. What was acknowledged is kept, so its payload is carried along. */
const delivered = z.strictObject({
  /** The vendor's id; the same when it is sent again. */
  deliveryId: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  payload: z.unknown(),
});

export const receiveWebhooksContract = defineProcess({
  name: 'receive-webhooks',
  title: 'Webhooks of a server',
  summary: 'Records the webhooks of a connected server, each one once.',
  queue: 'core',
  about: 'server',
  trigger: null,
  steps: [{ key: 'receive', title: 'Webhooks received' }],
  input: z.strictObject({
    tenantId: z.string(),
    server: kebabName,
    /** Left over from the run before; none at the beginning. */
    arrived: z.array(delivered),
    /** How many the runs before it have recorded; none at the beginning. */
    taken: z.number().int().optional(),
  }),
  output: z.object({ taken: z.number().int() }),
  updates: {},
  signals: { delivered },
  tenantId: (input) => input.tenantId,
  key: (input) => input.server,
  subject: (input) => input.server,
});
