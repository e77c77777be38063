import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { type Caller, type Platform, startPlatform } from '../support/api.ts';
import { stoppableTemporal } from '../support/platform.ts';
import { sameBrowser, viewAs, viewReason } from '../support/views.ts';
import { kill, spawnWorker } from '../support/worker-process.ts';
import { eventually } from '../support/world.ts';

describe('[SEC-2] views while the worker is killed and Temporal is stopped', function () {
  this.timeout(300_000);
  let temporal: Awaited<ReturnType<typeof stoppableTemporal>>;
  let platform: Platform;
  const workers: ChildProcess[] = [];

  before(async () => {
    temporal = await stoppableTemporal();
    platform = await startPlatform({ worker: false, temporal });
  });
  after(async () => {
    for (const worker of workers) if (worker.exitCode === null && !worker.signalCode) await kill(worker);
    await platform.stop();
  });

  const sql = <Row = Record<string, unknown>>(text: string, params: unknown[] = []) =>
    platform.world.database.owner<Row>(text, params);
  const newWorker = () => {
    const worker = spawnWorker(platform.world);
    workers.push(worker);
    return worker;
  };
  const endsOf = (id: string) =>
    sql(`select body from events where action = 'impersonation.ended' and body @> $1::jsonb`, [
      JSON.stringify({ targets: [{ type: 'impersonation', id }] }),
    ]);

  /** Status of this many requests, some at a time. */
  async function statusesOf(caller: Caller, count: number): Promise<Map<number, number>> {
    const found = new Map<number, number>();
    for (let sent = 0; sent < count; sent += 50) {
      const paths = ['/api/session', '/api/client/team', '/app', '/api/client/invoices'];
      const batch = Array.from({ length: 50 }, (_, at) =>
        sameBrowser(caller, platform.caller()).call('GET', paths[at % 4] ?? ''),
      );
      for (const { status } of await Promise.all(batch)) found.set(status, (found.get(status) ?? 0) + 1);
    }
    return found;
  }

  it('accepts nothing after the end, starts nothing half, and records and certifies it all afterwards', async () => {
    const first = newWorker();
    await eventually(() => platform.processes.isPolled('core'), Boolean, 120_000);
    const client = await platform.business();
    const [admin, leaving, third] = [await platform.admin(), await platform.admin(), await platform.admin()];
    const [expiring, ended] = [await viewAs(admin, client.userId), await viewAs(leaving, client.userId)];
    // Between the start and whatever follows.
    await kill(first);
    await temporal.stop();

    // Answered when Temporal was given its time; everything else happens meanwhile.
    const starting = third.call('POST', `/api/admin/impersonate/${client.userId}`, { reason: viewReason });
    const startedMs = Date.now();
    const end = await leaving.call('POST', '/api/impersonation/end');
    assert.deepEqual([end.status, end.body.ended], [200, true]);
    assert.ok(Date.now() - startedMs < 3_000, 'ending waits for Temporal');

    assert.equal((await admin.call('GET', '/api/session')).status, 200);
    const [row] = await sql<{ expires_at: Date }>(
      `update auth.impersonations set started_at = now() - interval '10 minutes',
         expires_at = clock_timestamp() + interval '1 second' where id = $1 returning expires_at`,
      [expiring.id],
    );
    await eventually(
      () => sql<{ over: boolean }>('select now() > $1 as over', [row?.expires_at]),
      ([state]) => state?.over === true,
    );
    const statuses = await statusesOf(admin, 1_000);
    assert.deepEqual([...statuses.keys()].sort(), [303, 401], 'some request was accepted');
    assert.equal(statuses.get(401), 760);

    const refused = await starting;
    assert.equal(refused.status, 503, refused.text);
    assert.equal((await sql('select 1 from auth.impersonations')).length, 2);
    await temporal.start();
    const returnedMs = Date.now();
    const second = newWorker();
    const certified = (id: string) => () =>
      sql<{ certificate: { view: Record<string, string> } | null }>(
        'select certificate from auth.impersonations where id = $1',
        [id],
      );
    // Killed once more, while it can't write the certificate.
    const lock = await platform.world.database.db.authPool.connect();
    await lock.query('begin');
    await lock.query('select 1 from auth.impersonations where id = $1 for update', [expiring.id]);
    await eventually(certified(ended.id), ([view]) => Boolean(view?.certificate), 60_000);
    await kill(second);
    await lock.query('rollback');
    lock.release();
    newWorker();
    const [view] = await eventually(certified(expiring.id), ([found]) => Boolean(found?.certificate), 60_000);
    const tookMs = Date.now() - returnedMs;
    assert.ok(tookMs < 60_000, `${tookMs} ms`);
    assert.equal(view?.certificate?.view['endReason'], 'expired');
    assert.equal(view?.certificate?.view['endedAt'], row?.expires_at.toISOString());
    for (const id of [expiring.id, ended.id]) assert.equal((await endsOf(id)).length, 1);
    const mails = await eventually(
      async () =>
        (await platform.world.mails(client.email)).filter(({ subject }) => subject.includes('viewing')),
      (found) => new Set(found.map(({ messageId }) => messageId)).size === 2,
    );
    assert.equal(new Set(mails.map(({ messageId }) => messageId)).size, 2);
  });
});
