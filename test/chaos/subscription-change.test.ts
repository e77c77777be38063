import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { quoteChange } from '../../db/repos/billing/changes.ts';
import { findSubscription } from '../../db/repos/billing/subscriptions.ts';
import { changeSubscriptionContract } from '../../workflows/billing/change-subscription.contract.ts';
import { workflowId } from '../../workflows/define.ts';
import { type Platform, startPlatform } from '../support/api.ts';
import { liveSubscription } from '../support/billing.ts';
import { scope } from '../support/database.ts';
import { heldLock } from '../support/held-lock.ts';
import { kill, spawnWorker, workerIsThere } from '../support/worker-process.ts';

const start = '2027-03-10T00:00:00Z';
const wanted = { planKey: 'scale', interval: 'month', seats: 1 } as const;

describe('[BIL-1] an upgrade whose worker is killed after the payment', function () {
  this.timeout(180_000);
  let platform: Platform;
  const workers: ChildProcess[] = [];

  before(async () => {
    platform = await startPlatform({ worker: false });
  });
  after(async () => {
    for (const worker of workers) if (worker.exitCode === null && !worker.signalCode) await kill(worker);
    await platform.stop();
  });

  it('is applied by the next worker, and charged once', async () => {
    const { world, processes } = platform;
    const { db, urls } = world.database;
    const spawn = () => {
      const worker = spawnWorker(world);
      workers.push(worker);
      return worker;
    };
    const worker = spawn();
    await workerIsThere(processes);
    const one = await liveSubscription(world, processes, start);
    const { tenantId, subscriptionId, userId } = one;
    const { dueNowMinor } = await db.inScope(scope({ tenantId }), async (tx) => {
      const subscription = await findSubscription(tx, tenantId);
      assert.ok(subscription);
      return quoteChange(tx, subscription, wanted, new Date(start));
    });
    // Of all that the change writes, only its application writes a movement of revenue.
    const lock = await heldLock(urls.owner, 'lock table mrr_movements in share mode');
    const by = { type: 'user', id: userId } as const;
    const change = { kind: 'terms', ...wanted, expectedDueMinor: dueNowMinor } as const;
    const input = { tenantId, subscriptionId, change, by, requestKey: 'killed-after-payment' };
    const answer = processes.startWithUpdate(changeSubscriptionContract, input, by, 'changed', null);
    const settled = answer.catch((error: unknown) => error);
    await lock.waitedFor();
    const [paid] = await one.rows<{ status: string; plan: string }>(
      `select i.status, s.plan_key as plan from invoices i join subscriptions s using (tenant_id) where tenant_id = $1`,
    );
    assert.deepEqual(paid, { status: 'paid', plan: 'growth' });
    await kill(worker);
    await lock.release();
    spawn();
    await settled;
    const run = workflowId(
      tenantId,
      changeSubscriptionContract.name,
      `${subscriptionId}-${input.requestKey}`,
    );
    assert.equal((await processes.result(changeSubscriptionContract, run)).paidMinor, dueNowMinor);
    const after = await one.rows<{ plan: string; amount: number; changes: number }>(
      `select plan_key as plan, amount_minor::int as amount,
         (select count(*)::int from events where tenant_id = $1 and action = 'subscription.changed') as changes
       from subscriptions where tenant_id = $1`,
    );
    assert.deepEqual(after, [{ plan: 'scale', amount: 39_900, changes: 1 }]);
    const charges = await world.charges(tenantId);
    assert.deepEqual(
      charges.map(({ amountMinor, refundedMinor }) => [amountMinor, refundedMinor]),
      [[dueNowMinor, 0]],
    );
  });
});
