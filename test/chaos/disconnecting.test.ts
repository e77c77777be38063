import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { findConnection } from '../../db/repos/integrations/connections.ts';
import { workflowId } from '../../workflows/define.ts';
import { type Platform, startPlatform } from '../support/api.ts';
import { scope } from '../support/database.ts';
import { heldLock } from '../support/held-lock.ts';
import { connectTenant, standIn, type StubVendor, stubVendor } from '../support/tools.ts';
import { kill, spawnWorker, workerIsThere } from '../support/worker-process.ts';
import { eventually } from '../support/world.ts';

describe('[MCP-G] disconnecting a server while the worker is killed', function () {
  this.timeout(300_000);
  let platform: Platform;
  let vendor: StubVendor;
  const workers: ChildProcess[] = [];

  before(async () => {
    [platform, vendor] = await Promise.all([startPlatform({ worker: false }), stubVendor()]);
    standIn(platform.world, 'stripe', vendor.url);
  });
  after(async () => {
    for (const worker of workers) if (worker.exitCode === null && !worker.signalCode) await kill(worker);
    await platform.stop();
    await vendor.close();
  });

  it('denies each pending approval once, wakes the runs that wait for them, and ends', async () => {
    const { world, processes } = platform;
    const { db, owner: query, urls } = world.database;
    const first = spawnWorker(world);
    workers.push(first);
    await workerIsThere(processes);
    const owner = await platform.business();
    const { tenantId } = owner;
    await connectTenant(world.deps, tenantId, 'stripe', { apiKey: 'rk_test_1' });
    const approvalIds: string[] = [];
    for (const payment of ['pi_1', 'pi_2']) {
      const call = { server: 'stripe', arguments: { payment_intent_id: payment } };
      const { body } = await owner.call('POST', '/api/client/tools/stripe_create_refund/calls', call);
      assert.equal(body.status, 'waiting', JSON.stringify(body));
      approvalIds.push(body.approvalId as string);
    }
    const waiting = await query<{ workflow_id: string }>(
      'select workflow_id from approvals where tenant_id = $1',
      [tenantId],
    );
    assert.equal(waiting.length, 2);

    // The worker falls while it denies: the row of the second approval is not to be had.
    const lock = await heldLock(
      urls.owner,
      'select 1 from approvals where id = $1 for update',
      approvalIds[1],
    );
    const answer = owner.call('POST', '/api/client/integrations/stripe/disconnect');
    await lock.waitedFor();
    await kill(first);
    await lock.release();
    workers.push(spawnWorker(world));
    // The person is told that it takes longer, or that it is done.
    assert.ok([200, 503, 504].includes((await answer).status));

    await eventually(
      () => db.inScope(scope({ tenantId }), (tx) => findConnection(tx, 'stripe')),
      (found) => found?.status === 'disconnected',
      60_000,
    );
    for (const { workflow_id: id } of waiting) {
      const ended = await eventually(
        () => processes.findProgress(id),
        (found) => found?.open === false,
      );
      const call = ended?.progress.steps.find(({ key }) => key === 'call');
      assert.deepEqual([call?.state, call?.error?.code], ['refused', 'approval.declined']);
    }
    const denied = await query<{ target_id: string; n: number }>(
      `select target_id, count(*)::integer as n from events where tenant_id = $1 and action = 'approval.declined' group by 1`,
      [tenantId],
    );
    assert.deepEqual(
      new Map(denied.map(({ target_id: id, n }) => [id, n])),
      new Map(approvalIds.map((id) => [id, 1])),
    );
    const disconnecting = workflowId(tenantId, 'disconnect-server', 'stripe-1');
    const ended = await eventually(
      () => processes.findProgress(disconnecting),
      (found) => found?.open === false,
    );
    assert.equal(ended?.progress.state, 'done');
    assert.equal(vendor.requests.length, 0);
  });
});
