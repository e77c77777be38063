import assert from 'node:assert/strict';
import type { RunFigures } from '../../../../../db/domain/runs/analytics.ts';
import * as sums from '../../../../../db/repos/runs/sums.ts';
import { projectionScope } from '../../../../../workers/projection/project.ts';
import { type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { plantRun } from '../../../../support/planted-runs.ts';

interface Analytics {
  all: RunFigures;
  before: RunFigures;
  steps: { step: string; late: number | null; p50Ms: number | null; failed: number }[];
  causes: { cause: string; runs: number }[];
  tenants: { tenantId: string; failed: number }[];
}

describe('[WF-5] [WF-1] analytics of runs', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  let mine: string;
  let other: string;

  before(async () => {
    platform = await startPlatform({ worker: false });
    admin = await platform.admin();
    const { owner, db } = platform.world.database;
    [mine, other] = ['ten_analytics1', 'ten_analytics2'];
    for (const id of [mine, other])
      await owner(
        `insert into tenants (id, name, name_key, status, timezone, language) values ($1, $1, $1, 'live', 'UTC', 'en')`,
        [id],
      );
    for (const tenantId of [mine, mine, other]) await plantRun(db, { tenantId, ago: 2, state: 'done' });
    await plantRun(db, { tenantId: mine, ago: 2, state: 'failed', cause: 'tool.timeout' });
    await plantRun(db, { tenantId: mine, ago: 1, state: 'failed', cause: 'tool.timeout' });
    await plantRun(db, { tenantId: mine, ago: 1, state: 'failed', cause: 'tool.failed' });
    await plantRun(db, { tenantId: mine, ago: 9, state: 'done' });
    // Two days are read from stored sums, one from the runs.
    await db.inScope(projectionScope, (tx) => sums.sumEndedDays(tx, new Date(Date.now() - 86_400_000)));
  });
  after(() => platform?.stop());

  const read = async (caller: Caller, query: string) => {
    const { status, body, text } = await caller.call('GET', `/api/admin/run-analytics?${query}`);
    assert.equal(status, 200, text);
    return body as Analytics;
  };

  it('tell success, durations and causes of a period, beside the period before', async () => {
    const { all, before, causes, steps, tenants } = await read(admin, 'days=7&process=call-tool');
    assert.deepEqual([all.ended, all.done, all.failed, all.retried, all.successRate], [6, 3, 3, 3, 0.5]);
    assert.equal(before.done, 1);
    assert.ok(Math.abs((all.p50Ms ?? 0) / 60_000 - 1) < 0.05);
    assert.deepEqual(
      causes.map(({ cause, runs }) => [cause, runs]),
      [
        ['tool.timeout', 2],
        ['tool.failed', 1],
      ],
    );
    const call = steps.find(({ step }) => step === 'call');
    assert.deepEqual([call?.failed, call?.late], [3, 0]);
    assert.deepEqual(tenants, [{ tenantId: mine, name: mine, failed: 3 }]);
  });

  it('are the same for one tenant counted from its runs, and nothing of others', async () => {
    const { all } = await read(admin, `days=7&tenant=${other}`);
    assert.deepEqual([all.ended, all.done], [1, 1]);
  });

  it('show partners only their own tenants', async () => {
    const partner = await platform.partner();
    await platform.world.database.owner('update tenants set partner_id = $1 where id = $2', [
      partner.partnerId,
      other,
    ]);
    const { all, tenants } = await read(partner, 'days=7');
    assert.deepEqual([all.ended, all.failed, tenants.length], [1, 0, 0]);
  });

  it('lead from each figure to exactly the runs it counts', async () => {
    const page = await admin.call('GET', '/admin/workflows/analytics?days=7&process=call-tool');
    assert.equal(page.status, 200);
    const links = [...page.text.matchAll(/<a href="\/admin\/workflows\?([^"]+)">(?:<[^>]+>)?(\d+)</g)];
    assert.ok(links.length >= 5, `${links.length} links`);
    for (const [, query = '', figure] of links) {
      const { body } = await admin.call('GET', `/api/admin/runs?limit=200&${query.replaceAll('&amp;', '&')}`);
      assert.equal((body as { items: unknown[] }).items.length, Number(figure), query);
    }
  });

  it('say plainly that nothing ended', async () => {
    const page = await admin.call('GET', '/admin/workflows/analytics?days=7&process=transfer-ownership');
    assert.match(page.text, /No run ended in this period/);
    const list = await admin.call('GET', '/admin/workflows?process=call-tool&cause=tool.failed&step=call');
    assert.match(list.text, /Cause: /);
  });

  it('keep the filters of the list of runs as a view', async () => {
    const { status, body } = await admin.call('POST', '/api/admin/run-views', {
      name: 'Timeouts',
      query: 'process=call-tool&cause=tool.timeout&cursor=x',
    });
    assert.equal(status, 201);
    assert.equal((body as { query: string }).query, 'process=call-tool&cause=tool.timeout');
    assert.match((await admin.call('GET', '/admin/workflows')).text, /Timeouts/);
  });
});
