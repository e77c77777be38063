import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { embeddedAuth } from '../../db/auth/embedded.ts';
import { hashPassword } from '../../db/auth/passwords.ts';
import { connectDb } from '../../db/connect.ts';
import type { Db } from '../../db/scope.ts';
import { AppError } from '../../db/domain/errors.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import { driverMessages } from '../../db/unavailable.ts';
import type { Running } from '../../workers/dev/kit/child.ts';
import { openPorts } from '../../workers/dev/kit/ports.ts';
import { type PostgresCluster, postgresCluster } from '../../workers/dev/postgres/cluster.ts';
import { createDatabase } from '../../workers/dev/postgres/databases.ts';
import { migrate, plantTenant, roleUrls, scope, testDatabase } from '../support/database.ts';
import { testDirectory } from '../support/workspace.ts';
import { projectRoot } from '../support/source-files.ts';
import { eventually } from '../support/world.ts';

const password = 'a sturdy otter sings 77';
const atOnce = 3;
const underLoadMs = 150;
const rounds = 2;

const isUnavailable = (error: unknown) =>
  error instanceof AppError && error.code === 'service.unavailable' && error.cause instanceof Error;

describe('a connection to PostgreSQL', () => {
  it('that ends between two statements of a change is told from a statement that is refused', async () => {
    const { db, owner, close } = await testDatabase();
    try {
      const { tenantId } = await plantTenant(db);
      const change = db.inScope(scope({ tenantId }), async (tx) => {
        const { rows } = (await tx.sql.raw('select pg_backend_pid() as pid')) as { rows: { pid: number }[] };
        await owner('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
        // The driver notices the closed connection on its own while no statement is running.
        await sleep(50);
        await tenants.get(tx, tenantId);
      });
      await assert.rejects(change, isUnavailable);
      const refused = db.inScope(scope({ tenantId }), (tx) => tx.sql.raw('select 1 / 0'));
      await assert.rejects(refused, { code: '22012' });
      const ended = db.inScope(scope({ tenantId }), () =>
        Promise.reject(new Error('Connection terminated by us')),
      );
      await assert.rejects(ended, /^Error: Connection terminated by us$/);
    } finally {
      await close();
    }
  });

  it('is known to be away by what the driver and its pool say in this version', async () => {
    const files = ['pg/lib/client.js', 'pg-pool/index.js'];
    const sources = files.map((file) => readFile(join(projectRoot, 'node_modules', file), 'utf8'));
    const said = (await Promise.all(sources)).join();
    assert.deepEqual(
      driverMessages.filter((message) => !said.includes(`new Error('${message}'`)),
      [],
    );
  });
});

describe('while PostgreSQL is away, under load', function () {
  this.timeout(120_000);
  let cluster: PostgresCluster;
  let server: Running;
  let db: Db;
  let work: Record<string, () => Promise<unknown>>;

  before(async () => {
    const directory = await testDirectory('away');
    const [port] = await (await openPorts(directory)).take('postgres');
    cluster = postgresCluster({
      directory: join(directory, 'postgres'),
      port: Number(port),
      password: 'test',
      logFile: join(directory, 'postgres.log'),
      durable: false,
    });
    server = await cluster.service.start();
    await createDatabase(cluster.ownerUrl('postgres'), 'away');
    const urls = roleUrls(cluster.ownerUrl('away'));
    await migrate(urls);
    db = connectDb(urls, 4);
    const { tenantId, email, userId } = await plantTenant(db, { passwordHash: await hashPassword(password) });
    const auth = embeddedAuth(db);
    const from = { ip: '127.0.0.1', userAgent: 'test' };
    const { token } = await auth.openSession({ userId, from });
    // This server commits without waiting for the disk, and is about to be killed.
    const superuser = new pg.Client(cluster.ownerUrl('away'));
    await superuser.connect();
    await superuser.query('checkpoint');
    await superuser.end();
    const reading = { ...scope({ tenantId }), readOnly: true };
    work = {
      'a read': () => db.inScope(reading, (tx) => tenants.get(tx, tenantId)),
      'reads over all tenants': () =>
        db.inScope({ ...reading, visibility: 'platform' }, (tx) => tenants.listNames(tx, 10)),
      // Its statements come one by one, so that the connection can break between two of them.
      'a change': () =>
        db.inScope(scope({ tenantId }), async (tx) => {
          for (let i = 0; i < 3; i += 1) await tenants.update(tx, tenantId, { timezone: 'UTC' });
          await sleep(1);
          await tenants.get(tx, tenantId);
        }),
      'a session': () => auth.authenticate(token),
      'a sign-in': async () => {
        await auth.checkPassword(email, password);
        await auth.openSession({ userId, from });
      },
    };
  });
  after(async () => {
    await db.close();
    await server.stop();
  });

  /** Does everything again and again, until stopped; what failed, by what was done. */
  function underLoad(): { failures: Map<string, unknown[]>; stop(): Promise<unknown> } {
    let going = true;
    const failures = new Map(Object.keys(work).map((name) => [name, [] as unknown[]]));
    const callers = Object.entries(work).flatMap(([name, act]) =>
      Array.from({ length: atOnce }, async () => {
        while (going) await act().catch((error: unknown) => sleep(2, failures.get(name)?.push(error)));
      }),
    );
    const stop = () => {
      going = false;
      return Promise.all(callers);
    };
    return { failures, stop };
  }

  async function fallUnderLoad(signal: NodeJS.Signals): Promise<void> {
    const { failures, stop } = underLoad();
    await sleep(underLoadMs);
    process.kill(server.pid, signal);
    await server.exited;
    await eventually(
      () => Promise.resolve([...failures].filter(([, errors]) => errors.length === 0)),
      (unaware) => unaware.length === 0,
    );
    server = await cluster.service.start();
    await sleep(underLoadMs);
    await stop();
    const others = [...failures].flatMap(([name, errors]) =>
      errors.filter((error) => !isUnavailable(error)).map((error) => `${name}: ${String(error)}`),
    );
    assert.deepEqual([...new Set(others)], []);
    for (const act of Object.values(work)) await act();
  }

  for (const signal of ['SIGKILL', 'SIGQUIT', 'SIGINT'] as const)
    it(`everything is answered with "unavailable", and works again: the server ends by ${signal}`, async () => {
      for (let round = 0; round < rounds; round += 1) await fallUnderLoad(signal);
    });
});
