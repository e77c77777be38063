import { bulkOperations } from '../../db/domain/bulk.ts';
import { tenantsBulk } from '../../db/domain/tenants/bulk.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import { workflowId } from '../../workflows/define.ts';
import { onboardTenantContract } from '../../workflows/onboarding/onboard-tenant.contract.ts';
import type { Deps } from '../deps.ts';
import { actingIn } from '../shared/attribution.ts';
import { type BatchRequest, type BatchResult, type Turn, workOutside } from '../shared/bulk.ts';
import { reachOf } from '../shared/reach.ts';

/** Help for the setups of many tenants. */
export function tenantsBulkActivities(deps: Deps) {
  /** Throws `tenant.not-found` for a tenant out of the person's reach, `permission.denied`. */
  async function assertReach({ operation: { actor, operation }, item: { itemId } }: Turn): Promise<void> {
    const { permission } = bulkOperations[operation];
    const reach = await deps.db.inScope(actingIn('platform', actor), (tx) => reachOf(tx, actor, permission));
    await deps.db.inScope(actingIn(reach, actor), (tx) => tenants.get(tx, itemId));
  }

  /**
   * Asks the setup by an update whose id is the item's: Temporal keeps the id with the update, so an attempt after a
   * killed worker gets the first one's answer and does nothing.
   */
  async function help(turn: Turn, key: string): Promise<undefined> {
    await assertReach(turn);
    const { operation, parameters, reason, actor: by } = turn.operation;
    const id = workflowId(turn.item.itemId, onboardTenantContract.name, 'sign-up');
    if (operation === 'tenants.extend') {
      const { days } = tenantsBulk[operation].parameters.parse(parameters);
      await deps.processes.update(onboardTenantContract, id, 'extendDeadline', { reason, by, days }, key);
    } else await deps.processes.update(onboardTenantContract, id, 'remindNow', { reason, by }, key);
  }

  return {
    /** Helps the next tenants of an operation; each tenant's own events are its setup's. */
    helpTenantsInBulk: (request: BatchRequest): Promise<BatchResult> => workOutside(deps, request, help),
  };
}
