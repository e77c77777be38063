import { z } from 'zod';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { receiveWebhooksContract } from '../../../workflows/integrations/receive-webhooks.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineHook } from '../../kit/route.ts';

const by = { type: 'system', id: 'deliveries' } as const;

/** Names of several lines come as one, as HTTP means them. */
function headersOf({ request }: RequestContext): Record<string, string> {
  const lines = Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return Object.fromEntries(lines) as Record<string, string>;
}

/**
 * Where services tell what happened. It is acknowledged once the process has it: should anything fail before, the
 * service sends it again; should it come twice, the process takes it once.
 */
export const hookRoutes = [
  defineHook({
    path: '/hooks/:server/:key',
    params: z.object({ server: kebabName, key: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
    async receive(context, { params: { server, key }, raw }) {
      const { deps, request, response } = context;
      const delivery = {
        method: request.method,
        url: deps.publicUrl + request.originalUrl,
        headers: headersOf(context),
        raw,
      };
      const received = await deps.checkDelivery({ server, webhookKey: key }, delivery);
      if (received.verdict === 'challenge') {
        response
          .status(received.status)
          .type(received.contentType ?? 'text/plain')
          .end(received.body);
        return;
      }
      const { tenantId, id: deliveryId, type, payload } = received;
      const input = { tenantId, server, arrived: [] };
      const event = { deliveryId, type, payload };
      await deps.processes.startWithSignal(receiveWebhooksContract, input, by, 'delivered', event);
      response.status(200).end();
    },
  }),
];
