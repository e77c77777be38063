import assert from 'node:assert/strict';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openPorts } from '../../../workers/dev/kit/ports.ts';
import { findProcess } from '../../../workers/dev/kit/processes.ts';
import type { Supervised } from '../../../workers/dev/kit/supervise.ts';
import { supervise } from '../../../workers/dev/kit/supervise.ts';
import { postgresCluster, reclaimCluster } from '../../../workers/dev/postgres/cluster.ts';
import { testDirectory } from '../../support/workspace.ts';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function nextPid(server: Supervised, old: number | null): Promise<number> {
  for (;;) {
    const pid = server.pid();
    if (pid !== null && pid !== old) return pid;
    await sleep(20);
  }
}

describe('the embedded PostgreSQL', () => {
  async function cluster(purpose: string) {
    const directory = await testDirectory(purpose);
    const [port = 0] = await (await openPorts(directory)).take('postgres');
    const home = join(directory, 'data dir with spaces');
    const logFile = join(directory, 'postgres.log');
    return {
      home,
      ...postgresCluster({ directory: home, port, password: 'it/s+a:secret', logFile, durable: true }),
    };
  }

  it('is back on the same address with every committed row after SIGKILL', async () => {
    const { service, ownerUrl } = await cluster('postgres-kill');
    const server = await supervise(service, { say: () => undefined, onChange: () => undefined });
    try {
      const url = ownerUrl('postgres');
      await query(url, 'create table kept as select 42 as answer');
      const killed = server.pid();
      process.kill(killed ?? 0, 'SIGKILL');
      await nextPid(server, killed);
      assert.deepEqual(await query(url, 'select answer from kept'), [{ answer: 42 }]);
    } finally {
      await server.stop();
    }
    assert.equal(server.pid() === null || (await findProcess(server.pid() ?? 0)) === null, true);
  });

  it('stops the server a killed launcher left on its data directory, and no other process', async () => {
    const { service, home } = await cluster('postgres-orphan');
    const orphan = await service.start();
    await reclaimCluster(home);
    assert.equal(await findProcess(orphan.pid), null);

    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    try {
      await writeFile(join(home, 'postmaster.pid'), `${stranger.pid}\n${home}\n`);
      const again = await service.start();
      await again.stop();
      assert.notEqual(await findProcess(stranger.pid ?? 0), null);
    } finally {
      stranger.kill();
      await once(stranger, 'exit');
    }
  });

  it('listens on loopback only and takes no login without the password', async () => {
    const { service, ownerUrl } = await cluster('postgres-loopback');
    const server = await service.start();
    try {
      const url = new URL(ownerUrl('postgres'));
      assert.deepEqual(await query(url.href, 'show listen_addresses'), [{ listen_addresses: '127.0.0.1' }]);
      assert.deepEqual(await query(url.href, 'show fsync'), [{ fsync: 'on' }]);
      url.password = 'wrong';
      await assert.rejects(query(url.href, 'select 1'), /password authentication failed/);
    } finally {
      await server.stop();
    }
  });
});
