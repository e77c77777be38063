import type { Tx } from '../../scope.ts';
import type { Page, Paging } from '../../domain/common.ts';
import { keysetPage } from '../shared/paging.ts';
import { tenantOf } from '../shared/scope.ts';

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
    .sql('mcp_webhook_deliveries')
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

export interface TakenDelivery {
  deliveryId: string;
  eventType: string;
  receivedAt: Date;
}

/** What a service told this tenant, newest first. */
export async function listDeliveries(
  tx: Tx,
  { server, ...paging }: { server: string } & Paging,
): Promise<Page<TakenDelivery>> {
  const query = tx
    .sql('mcp_webhook_deliveries')
    .where({ tenant_id: tenantOf(tx), server })
    .select(
      'delivery_id',
      'event_type',
      'received_at',
      tx.sql.raw('received_at::text as key_0'),
      'delivery_id as key_1',
    );
  return keysetPage<TakenDelivery>(query, {
    columns: ['received_at', 'delivery_id'],
    types: ['timestamptz', 'text'],
    descending: true,
    ...paging,
  });
}
