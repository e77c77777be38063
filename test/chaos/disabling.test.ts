import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { type Platform, startPlatform } from '../support/api.ts';
import { connectTenant } from '../support/tools.ts';
import { kill, spawnWorker, workerIsThere } from '../support/worker-process.ts';
import { eventually } from '../support/world.ts';

describe('[MCP-R1] turning a server off while the worker is killed', function () {
  this.timeout(300_000);
  let platform: Platform;
  const workers: ChildProcess[] = [];

  before(async () => {
    platform = await startPlatform({ worker: false });
  });
  after(async () => {
    for (const worker of workers) if (worker.exitCode === null && !worker.signalCode) await kill(worker);
    await platform.stop();
  });

  it('emails every owner who uses it, once', async () => {
    const { world, processes } = platform;
    const first = spawnWorker(world);
    workers.push(first);
    await workerIsThere(processes);
    const owners = [];
    for (let at = 0; at < 25; at += 1) {
      const business = await platform.business(`Bakery ${at}`);
      await connectTenant(world.deps, business.tenantId, 'sendgrid', { apiKey: 'x' });
      owners.push(business);
    }
    const admin = await platform.admin();
    const answer = admin.call('POST', '/api/admin/integrations/servers/sendgrid/disable', {
      reason: 'The vendor leaks data',
    });
    const mails = (status: string) =>
      world.database.owner(`select key from mails where template = 'server-disabled' and status = $1`, [
        status,
      ]);
    await eventually(
      () => mails('sent'),
      ({ length }) => length > 0,
      30_000,
    );
    await kill(first);
    const before = (await mails('sent')).length;
    workers.push(spawnWorker(world));
    assert.ok([200, 503, 504].includes((await answer).status));
    await eventually(
      () => mails('sent'),
      ({ length }) => length === owners.length,
      120_000,
    );
    assert.ok(before < owners.length, `the worker was killed after ${before} mails`);
    for (const { email } of owners) {
      const got = (await world.mails(email)).filter(({ subject }) => subject.includes('is turned off'));
      assert.equal(new Set(got.map(({ messageId }) => messageId)).size, 1, email);
    }
  });
});
