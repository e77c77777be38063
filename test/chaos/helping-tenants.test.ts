import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { type Platform, startPlatform } from '../support/api.ts';
import { heldLock } from '../support/held-lock.ts';
import { kill, spawnWorker } from '../support/worker-process.ts';
import { eventually } from '../support/world.ts';

const reason = 'Asked for at the weekly round';

describe('[TEN-5] helping many tenants while the worker is killed', function () {
  this.timeout(120_000);
  let platform: Platform;
  const workers: ChildProcess[] = [];

  before(async () => {
    platform = await startPlatform({ worker: false });
  });
  after(async () => {
    for (const worker of workers) if (worker.exitCode === null && !worker.signalCode) await kill(worker);
    await platform.stop();
  });

  it('continues where it was: each is reminded once, and recorded once', async () => {
    const { world, processes } = platform;
    const { owner, urls } = world.database;
    const first = spawnWorker(world);
    workers.push(first);
    await eventually(() => processes.isPolled('core'), Boolean, 60_000);
    const admin = await platform.admin();
    const businesses = [await platform.business(), await platform.business(), await platform.business()];
    await eventually(
      () => admin.call('GET', '/api/admin/tenants?step=profile'),
      ({ body }) => body.items.length === businesses.length,
    );
    const ids = businesses.map(({ tenantId }) => tenantId);
    // Nothing can be recorded of the first tenant: the worker falls in the middle of that.
    const lock = await heldLock(
      urls.owner,
      'select 1 from event_heads where tenant_id = $1 for update',
      ids[0],
    );
    const body = { tenant: ids, reason, requestKey: randomUUID() };
    const started = await admin.call('POST', '/api/admin/tenants/bulk/remind', body);
    assert.equal(started.status, 202, started.text);
    await lock.waitedFor();
    await kill(first);
    await lock.release();
    workers.push(spawnWorker(world));
    const { body: ended } = await eventually(
      () => admin.call('GET', `/api/admin/tenants/bulk/${started.body.runId}`),
      ({ body: run }) => run.state === 'done',
      60_000,
    );
    assert.deepEqual(
      (ended.results as { outcome: string }[]).map(({ outcome }) => outcome),
      ['done', 'done', 'done'],
    );
    const events = await owner<{ tenant_id: string; action: string; n: number }>(
      `select tenant_id, action, count(*)::integer as n from events
       where action in ('onboarding.reminded', 'tenants.helped') group by 1, 2`,
      [],
    );
    assert.deepEqual(
      new Map(events.map(({ tenant_id: id, action, n }) => [id, `${n} ${action}`])),
      new Map([
        ...ids.map((id) => [id, '1 onboarding.reminded'] as const),
        ['ten_platform', '1 tenants.helped'],
      ]),
    );
    for (const { email } of businesses) {
      const reminders = (await world.mails(email)).filter(({ text }) => text.includes('/app/setup'));
      assert.equal(reminders.length, 1, email);
    }
  });
});
