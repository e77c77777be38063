import { takeDelivery } from '../../db/repos/integrations/webhook-deliveries.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';

/** Webhook deliveries from vendors. */
export function webhookDeliveryActivities(deps: Deps) {
  return {
    /** Records events of a server, each once. Returns how many were new. */
    async recordDeliveries(request: {
      tenantId: string;
      server: string;
      deliveries: readonly { deliveryId: string; type: string }[];
    }): Promise<number> {
      const scope = actingIn({ tenantId: request.tenantId });
      const { workflowId = null } = scope.by.context;
      return deps.db.inScope(scope, async (tx) => {
        let taken = 0;
        for (const { deliveryId, type } of request.deliveries) {
          const delivery = { server: request.server, deliveryId, eventType: type, workflowId };
          if (await takeDelivery(tx, delivery)) taken += 1;
        }
        return taken;
      });
    },
  };
}
