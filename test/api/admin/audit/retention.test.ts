import assert from 'node:assert/strict';
import { retentionRules } from '../../../../db/domain/audit/retention.ts';
import { finishPurgeRun, noteRemoved } from '../../../../db/repos/audit/purge-runs.ts';
import { rollUpCalls } from '../../../../db/repos/integrations/call-rollups.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { scope } from '../../../support/database.ts';
import { dayMs } from '../../../../db/domain/time.ts';

const titleOf = (key: string) => retentionRules.find((rule) => rule.key === key)?.title ?? '';

describe('[MCP-R3] [SEC-7] data retention', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;

  before(async () => {
    platform = await startPlatform({ worker: false });
    admin = await platform.admin();
  });
  after(() => platform.stop());

  it('shows before the first purge run that nothing was removed yet', async () => {
    const { body } = await admin.call('GET', '/api/admin/retention');
    assert.equal(body.rules.length, retentionRules.length);
    assert.ok(body.rules.every(({ removed }: { removed: number | null }) => removed === null));
    assert.deepEqual([body.purgeRuns, body.runId], [[], null]);
    assert.match((await admin.call('GET', '/admin/retention')).text, /Nothing was removed yet/);
    assert.match((await admin.call('GET', '/admin/audit')).text, /href="\/admin\/retention"/);
  });

  it('shows what the last purge run removed and what it could not', async () => {
    await platform.world.database.db.inScope(scope('platform'), async (tx) => {
      await noteRemoved(tx, 'run/1', 'calls', 1_234);
      await finishPurgeRun(tx, 'run/1', ['mails']);
    });
    const { body } = await admin.call('GET', '/api/admin/retention');
    const rule = (key: string) => body.rules.find((one: { key: string }) => one.key === key);
    assert.deepEqual([rule('calls').removed, rule('mails').failed], [1_234, true]);
    assert.deepEqual([body.purgeRuns[0].removed, body.purgeRuns[0].failed], [1_234, [titleOf('mails')]]);
    const { text } = await admin.call('GET', '/admin/retention');
    assert.match(text, /1,234/);
    assert.match(text, new RegExp(`Not removed: ${titleOf('mails')}`));
  });

  it('is closed to partners', async () => {
    const partner = await platform.partner();
    assert.equal((await partner.call('GET', '/api/admin/retention')).status, 403);
    assert.doesNotMatch((await partner.call('GET', '/admin/audit')).text, /admin\/retention/);
  });

  it('marks on the usage page which figures are sums', async () => {
    const { database } = platform.world;
    await database.owner(
      `insert into mcp_calls (id, tenant_id, server, tool, actor_type, actor_id, call_key, attempt, outcome, ms, bytes_in,
                              bytes_out, at)
       select 'cal_' || n, 'ten_x', 'notion', 'list', 'user', 'usr_x', 'k', 1, 'ok', 100, 1, 1,
              now() - n * interval '10 days' from generate_series(1, 8) n`,
    );
    const before = new Date(Date.now() - 35 * dayMs);
    await database.db.inScope(scope('platform'), (tx) => rollUpCalls(tx, { before, limit: 100 }));
    const usage = async (days: number) =>
      (await admin.call('GET', `/api/admin/integrations/usage?days=${days}`)).body.items[0];
    assert.deepEqual([(await usage(90)).calls, (await usage(90)).summed], [8, true]);
    assert.deepEqual([(await usage(30)).calls, (await usage(30)).summed], [2, false]);
    const page = (days: number) => admin.call('GET', `/admin/integrations/usage?days=${days}`);
    assert.match((await page(365)).text, /kept as daily totals/);
    assert.doesNotMatch((await page(7)).text, /kept as daily totals/);
    const csv = await admin.call('GET', '/admin/integrations/usage.csv?days=90');
    assert.match(csv.text, /summed\r\nnotion,[^\r]*,8,0,0,[^\r]*,true/);
  });
});
