import assert from 'node:assert/strict';
import { smtpMailer } from '../../../activities/adapters/smtp-mailer.ts';
import { outageMails } from '../../../activities/adapters/outage-mails.ts';
import { type QueueWatch, watchQueues } from '../../../api/kit/watch-queues.ts';
import { minuteMs } from '../../../db/domain/time.ts';
import { createLog } from '../../../workers/runtime/log.ts';
import { type Platform, startPlatform } from '../../support/api.ts';
import { ownTemporal } from '../../support/platform.ts';
import { runWorker } from '../../support/world.ts';

describe('[WF-9] a queue that no worker polls', function () {
  this.timeout(60_000);
  let platform: Platform;
  let temporal: Awaited<ReturnType<typeof ownTemporal>>;
  const watches: QueueWatch[] = [];
  let closeMailer = () => {};

  before(async () => {
    temporal = await ownTemporal();
    platform = await startPlatform({ worker: false, temporal });
    const { config, database } = platform.world;
    const mailer = smtpMailer(config.smtpUrl ?? '', config.mailFrom);
    closeMailer = () => mailer.close();
    const tellAdmins = outageMails({ db: database.db, mailer, publicUrl: config.publicUrl });
    const deps = {
      db: database.db,
      processes: platform.processes,
      log: createLog('test', 'silent'),
      tellAdmins,
    };
    watches.push(watchQueues(deps), watchQueues(deps));
  });
  after(async () => {
    for (const watch of watches) watch.stop();
    closeMailer();
    await platform.stop();
  });

  it('is told to administrators once, whichever process notices, and so is its end', async () => {
    await platform.admin();
    const [{ address }] = (await platform.world.database.owner(
      `select email as address from users where platform_role = 'superAdmin' order by created_at desc limit 1`,
    )) as [{ address: string }];
    const events = async () =>
      (
        await platform.world.database.owner(
          `select action from events where target_type = 'queue' order by seq`,
        )
      ).map(({ action }) => action as string);
    const checkAt = (nowMs: number) => Promise.all(watches.map((watch) => watch.check(nowMs)));

    const beginMs = Date.now() - 10 * minuteMs;
    await checkAt(beginMs);
    assert.deepEqual(await events(), [], 'a restart is no outage');
    await checkAt(beginMs + 3 * minuteMs);
    await checkAt(beginMs + 13 * minuteMs);
    const { length } = await events();
    assert.deepEqual([...new Set(await events())], ['workers.lost']);
    const mails = await platform.world.mails(address);
    assert.equal(mails.length, length, 'one mail for each queue');
    assert.ok(mails.some(({ subject }) => subject === 'No worker serves “core”'));
    assert.ok(mails.every(({ deliveries }) => deliveries === 1));

    const worker = await runWorker(platform.world, temporal);
    await checkAt(beginMs + 14 * minuteMs);
    await checkAt(beginMs + 15 * minuteMs);
    assert.equal((await events()).filter((action) => action === 'workers.returned').length, length);
    assert.equal((await platform.world.mails(address)).length, length);
    await worker.stop();
  });
});
