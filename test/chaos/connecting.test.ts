import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { findConnection } from '../../db/repos/integrations/connections.ts';
import { type Platform, startPlatform } from '../support/api.ts';
import { scope } from '../support/database.ts';
import { json, standIn, type StubVendor, stubVendor } from '../support/tools.ts';
import { kill, spawnWorker, workerIsThere } from '../support/worker-process.ts';
import { eventually } from '../support/world.ts';

describe('[MCP-G] connecting a server while the worker is killed', function () {
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

  it('continues where it was: connected once, with nothing left waiting', async () => {
    const first = spawnWorker(platform.world);
    workers.push(first);
    await workerIsThere(platform.processes);
    const owner = await platform.business();
    const { tenantId } = owner;
    const asked = new Promise<void>((resolve) => {
      // The first look is never answered: the worker falls in the middle of it.
      vendor.answer(() => resolve());
    });
    const answer = owner.call('POST', '/api/client/integrations/stripe/connect', { apiKey: 'rk_test_1' });
    await asked;
    await kill(first);
    vendor.answer((_request, response) => json(response, 200, { available: [], pending: [] }));
    workers.push(spawnWorker(platform.world));
    // The person is told that it takes longer, or that it is done.
    assert.ok([201, 503, 504].includes((await answer).status));
    const connection = await eventually(
      () => platform.world.database.db.inScope(scope({ tenantId }), (tx) => findConnection(tx, 'stripe')),
      (found) => found?.status === 'connected',
      60_000,
    );
    assert.equal(connection?.credentialVersion, 1);
    const secrets = () =>
      platform.world.database.owner<{ name: string }>('select name from secrets where tenant_id = $1', [
        tenantId,
      ]);
    const kept = await eventually(secrets, (found) => found.length === 1);
    assert.deepEqual(kept, [{ name: 'mcp/stripe' }]);
    const opened = await platform.world.database.owner(
      `select 1 from events where tenant_id = $1 and action = 'connection.opened'`,
      [tenantId],
    );
    assert.equal(opened.length, 1);
  });
});
