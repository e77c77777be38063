import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findServer } from '../../db/repos/integrations/servers.ts';
import { type Platform, startPlatform } from '../support/api.ts';
import { scope } from '../support/database.ts';
import { kill, spawnWorker, workerIsThere } from '../support/worker-process.ts';
import { eventually } from '../support/world.ts';

describe('[MCP-R1] registering a server while the worker is killed', function () {
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

  it('continues where it was: entered once, its package installed once', async () => {
    const { world, processes } = platform;
    const first = spawnWorker(world);
    workers.push(first);
    await workerIsThere(processes);
    const admin = await platform.admin();
    const packages = join(world.config.dataDir, 'packages');
    const answer = admin.call('POST', '/api/admin/integrations/servers', {
      name: 'memory',
      title: 'Memory',
      summary: 'Remembers what it is told.',
      category: 'research',
      docsUrl: 'https://example.com',
      source: {
        kind: 'npm',
        package: '@modelcontextprotocol/server-memory',
        version: '2026.8.31',
        args: [],
      },
      fields: [],
      reason: 'Three customers have asked for it',
    });
    const drafts = () => readdir(packages).catch((): string[] => []);
    await eventually(drafts, (names) => names.length > 0, 60_000);
    await kill(first);
    workers.push(spawnWorker(world));
    // The person is told that it takes longer, or that it is done.
    assert.ok([201, 503, 504].includes((await answer).status));
    const entered = await eventually(
      () => world.database.db.inScope(scope('platform'), (tx) => findServer(tx, 'memory')),
      (found) => found !== null,
      120_000,
    );
    assert.equal(entered?.status, 'review');
    const installed = (await drafts()).filter((name) => /^[0-9a-f]{64}$/.test(name));
    assert.equal(installed.length, 1);
    const events = await world.database.owner(
      `select 1 from events where action = 'server.added' and target_id = 'memory'`,
      [],
    );
    assert.equal(events.length, 1);
  });
});
