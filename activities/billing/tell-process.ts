import { renewSubscriptionContract } from '../../workflows/billing/renew-subscription.contract.ts';
import type { Deps } from '../deps.ts';
import { tellDunning } from './dunning/tell.ts';

/** Has the processes of a subscription look at it, those of its overdue invoices too; starts them where there are none. */
export async function tellProcess(deps: Deps, tenantId: string, subscriptionId: string): Promise<void> {
  await deps.processes.startWithSignal(
    renewSubscriptionContract,
    { tenantId, subscriptionId },
    'subscriptionChanged',
    null,
  );
  await tellDunning(deps, tenantId);
}
