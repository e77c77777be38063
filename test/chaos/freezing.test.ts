import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { newId } from '../../db/domain/ids.ts';
import { callToolContract } from '../../workflows/integrations/call-tool.contract.ts';
import { type Platform, startPlatform } from '../support/api.ts';
import { connectTenant, json, standIn, type StubVendor, stubVendor } from '../support/tools.ts';
import { kill, spawnWorker, workerIsThere } from '../support/worker-process.ts';
import { eventually } from '../support/world.ts';

const reason = 'The account looks taken over';

describe('[TEN-10a] a freeze while the worker is killed', function () {
  this.timeout(300_000);
  let platform: Platform;
  let vendor: StubVendor;
  const workers: ChildProcess[] = [];

  before(async () => {
    [platform, vendor] = await Promise.all([startPlatform({ worker: false }), stubVendor()]);
    standIn(platform.world, 'stripe', vendor.url);
    vendor.answer((_request, response) =>
      json(response, 200, { id: 'cus_1', name: 'Ada', email: 'ada@example.com', created: 1_700_000_000 }),
    );
  });
  after(async () => {
    for (const worker of workers) if (worker.exitCode === null && !worker.signalCode) await kill(worker);
    await platform.stop();
    await vendor.close();
  });

  it('holds the call before and after, and makes it once after the thaw', async () => {
    const { world, processes } = platform;
    const first = spawnWorker(world);
    workers.push(first);
    await workerIsThere(processes);
    const admin = await platform.admin();
    const { tenantId, userId } = await platform.business();
    await connectTenant(world.deps, tenantId, 'stripe', { apiKey: 'rk_test_frozen' });
    assert.equal((await admin.call('POST', `/api/admin/tenants/${tenantId}/freeze`, { reason })).status, 200);
    const actor = { type: 'user', id: userId } as const;
    const args = { name: 'Ada', email: 'ada@example.com' };
    const about = { server: 'stripe', tool: 'stripe_create_customer', arguments: args };
    const input = { tenantId, callId: newId('call'), actor, ...about };
    const { workflowId } = await processes.start(callToolContract, input, actor);
    const calls = (outcome: string) =>
      world.database.owner('select 1 from mcp_calls where workflow_id = $1 and outcome = $2', [
        workflowId,
        outcome,
      ]);
    const isOne = ({ length }: unknown[]) => length === 1;
    await eventually(() => calls('tenant.frozen'), isOne, 60_000);
    await kill(first);
    workers.push(spawnWorker(world));
    await workerIsThere(processes);
    assert.equal(vendor.requests.length, 0);
    assert.equal((await calls('ok')).length, 0);
    const thaw = { reason: 'It was a false alarm' };
    assert.equal((await admin.call('POST', `/api/admin/tenants/${tenantId}/thaw`, thaw)).status, 200);
    await eventually(() => calls('ok'), isOne, 120_000);
    assert.equal(vendor.requests.filter(({ method }) => method === 'POST').length, 1);
  });
});
