import type { Tx } from '../connect.ts';
import { tenantOf } from './reach.ts';

export interface Delivery {
  server: string;
  /** The id the service gave the notice; the same when it sends it again. */
  deliveryId: string;
  eventType: string;
  workflowId?: string | null;
}

/** Takes a notice of a service; false when it was taken before, so that it is acted on once. */
export async function takeDelivery(tx: Tx, delivery: Delivery): Promise<boolean> {
  const { server, deliveryId, eventType, workflowId = null } = delivery;
  const taken = await tx
    .sql('mcp_deliveries')
    .insert({
      tenant_id: tenantOf(tx),
      server,
      delivery_id: deliveryId,
      event_type: eventType,
      workflow_id: workflowId,
    })
    .onConflict(['tenant_id', 'server', 'delivery_id'])
    .ignore()
    .returning('delivery_id');
  if (taken.length === 0) return false;
  tx.record({
    action: 'webhook.received',
    targets: [{ type: 'server', id: server }],
    data: { eventType, deliveryId },
  });
  return true;
}
