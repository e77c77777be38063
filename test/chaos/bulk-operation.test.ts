import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { type Platform, startPlatform } from '../support/api.ts';
import { heldLock } from '../support/held-lock.ts';
import { kill, spawnWorker } from '../support/worker-process.ts';
import { eventually } from '../support/world.ts';

const reason = 'Agreed in the weekly round';
const count = 60;

describe('[TEN-5] a bulk operation while the worker is killed twice', function () {
  this.timeout(180_000);
  let platform: Platform;
  const workers: ChildProcess[] = [];
  const locks: Awaited<ReturnType<typeof heldLock>>[] = [];

  before(async () => {
    platform = await startPlatform({ worker: false });
  });
  after(async () => {
    // A lock still held by a test that failed would end the process with the database.
    await Promise.allSettled(locks.map((lock) => lock.release()));
    for (const worker of workers) if (worker.exitCode === null && !worker.signalCode) await kill(worker);
    await platform.stop();
  });

  it('continues where it was: each item is changed once, and recorded once', async () => {
    const { world, processes } = platform;
    const { owner, urls } = world.database;
    const spawn = () => {
      const worker = spawnWorker(world);
      workers.push(worker);
      return worker;
    };
    let worker = spawn();
    await eventually(() => processes.isPolled('core'), Boolean, 60_000);
    const admin = await platform.admin();
    await owner(
      `insert into users (id, email, name, timezone, language)
       select 'usr_bulk' || n, 'bulk' || n || '@example.com', 'Bulk', 'UTC', 'en' from generate_series(1, ${count}) n`,
      [],
    );
    const body = {
      ...{ operation: 'people.suspend', filter: 'q=Bulk', expected: count },
      ...{ pacePerMinute: 60_000, reason, requestKey: randomUUID() },
    };
    const held = (id: string) => heldLock(urls.owner, 'select 1 from users where id = $1 for update', id);
    // Two of the people can't be changed yet: the worker is killed in the middle of each.
    for (const id of ['usr_bulk2', 'usr_bulk9']) locks.push(await held(id));
    const started = await admin.call('POST', '/api/admin/bulk-operations', body);
    assert.equal(started.status, 202, started.text);
    for (const lock of locks) {
      await lock.waitedFor();
      await kill(worker);
      await lock.release();
      worker = spawn();
    }
    const { body: ended } = await eventually(
      () => admin.call('GET', `/api/admin/bulk-operations/${started.body.id}`),
      ({ body: operation }) => operation.state === 'done',
      90_000,
    );
    assert.deepEqual(ended.counts, { done: count });
    const events = await owner<{ n: number }>(
      `select count(*)::integer as n from events where action = 'user.suspended' group by target_id`,
      [],
    );
    assert.deepEqual([events.length, events.filter(({ n }) => n !== 1)], [count, []]);
    const whole = await owner(`select 1 from events where action = 'bulk-operation.ended'`, []);
    assert.equal(whole.length, 1);
    const again = await admin.call('POST', '/api/admin/bulk-operations', body);
    assert.equal(again.body.id, started.body.id, 'the same request is the same operation');
  });
});
