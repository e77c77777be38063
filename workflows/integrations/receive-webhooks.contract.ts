import { z } from 'zod';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { defineProcess } from '../define.ts';

/** One event of a service. What was acknowledged is kept, so the payload travels with it. */
const delivered = z.strictObject({
  /** The id the service gave it; the same when it sends it again. */
  deliveryId: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  payload: z.unknown(),
});

export const receiveWebhooksContract = defineProcess({
  name: 'receive-webhooks',
  title: 'Events of a service',
  summary: 'Takes in what a connected service tells us, each event once.',
  queue: 'core',
  about: 'service',
  trigger: null,
  steps: [{ key: 'receive', title: 'Events taken in' }],
  input: z.strictObject({
    tenantId: z.string(),
    server: kebabName,
    /** Left over from the run before; none at the beginning. */
    arrived: z.array(delivered),
    /** How many the runs before it have taken in; none at the beginning. */
    taken: z.number().int().optional(),
  }),
  output: z.object({ taken: z.number().int() }),
  updates: {},
  signals: { delivered },
  tenantId: (input) => input.tenantId,
  key: (input) => input.server,
  subject: (input) => input.server,
});
