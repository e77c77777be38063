import { takeDelivery } from '../../db/repos/integrations/webhook-deliveries.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';

/** What services tell us about. */
export function webhookDeliveryActivities(deps: Deps) {
  return {
    /** Notes events of a service, each once; how many of them were new. */
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
