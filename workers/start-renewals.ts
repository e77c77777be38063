import type { Client } from '@temporalio/client';
import * as subscriptions from '../db/repos/billing/subscriptions.ts';
import type { Db } from '../db/scope.ts';
import { renewSubscriptionContract } from '../workflows/billing/renew-subscription.contract.ts';
import { workflowType } from '../workflows/define.ts';
import { startOptions } from '../workflows/start-options.ts';

const release = { id: 'release' };
const batchSize = 100;

/** Starts the process of every subscription that has none yet: those from before there was one. */
export async function startRenewals(client: Client, db: Db): Promise<void> {
  const scope = {
    visibility: 'platform',
    by: { actor: { type: 'system', id: 'release' }, context: {} },
  } as const;
  for (;;) {
    const found = await db.inScope(scope, (tx) => subscriptions.listWithoutProcess(tx, batchSize));
    for (const { tenantId, id } of found) {
      const input = { tenantId, subscriptionId: id };
      await client.workflow.signalWithStart(workflowType(renewSubscriptionContract.name), {
        ...startOptions(renewSubscriptionContract, input, release, new Date()),
        signal: 'subscriptionChanged',
        signalArgs: [null],
      });
      await db.inScope(scope, (tx) => subscriptions.markProcessStarted(tx, tenantId, id));
    }
    if (found.length < batchSize) return;
  }
}
