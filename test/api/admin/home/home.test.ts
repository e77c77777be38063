import assert from 'node:assert/strict';
import { lastDays } from '../../../../api/admin/shared/days.ts';
import { trendDays, trendOf } from '../../../../api/admin/shared/trend.ts';
import { startPlatform, type Platform } from '../../../support/api.ts';

const daily = (from: number, to: number) => [
  ...Array.from({ length: trendDays }, (_, day) => (day === 0 ? from : to)),
  to,
];
const words = (amount: number) => `${amount} tenants`;

describe('[TEN-1] figures with their trend', function () {
  this.timeout(60_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  it('are compared with themselves a period before, in words', () => {
    assert.deepEqual(trendOf(daily(3, 8), words, true), {
      direction: 'up',
      text: '5 tenants more than 30 days ago',
      good: true,
    });
    assert.deepEqual(trendOf(daily(8, 3), words, true), {
      direction: 'down',
      text: '5 tenants less than 30 days ago',
      good: false,
    });
    assert.deepEqual(trendOf(daily(8, 3), words).good, undefined);
    assert.equal(trendOf(daily(4, 4), words, true).text, 'The same as 30 days ago');
    assert.equal(trendOf([1, 2, 3], words, true).text, 'No earlier data yet');
  });

  it('say so where there is no earlier data, and draw a line that can be read where there is', async () => {
    const admin = await platform.admin();
    const { tenantId } = await platform.business();
    assert.match((await admin.call('GET', '/admin')).text, /Setting up now[^]*?No earlier data yet/);
    const old = "update tenants set created_at = now() - interval '40 days' where id = $1";
    await platform.world.database.owner(old, [tenantId]);
    const { text } = await admin.call('GET', '/admin');
    assert.match(text, /Setting up now[^]*?1 tenant more than 30 days ago/);
    assert.match(
      text,
      /<svg[^>]*role="img"[^>]*aria-label="Setting up now in the last 30 days: between 0 and 1"/,
    );
    assert.match(text, /Runs that need attention[^]*?None since yesterday/);
  });

  it('[WF-1] [MCP-R5] draws revenue, ended runs and calls, each with its numbers as a table', async () => {
    const admin = await platform.admin();
    const business = await platform.business('Charted Bakery');
    await platform.world.database.owner(
      `insert into runs (tenant_id, run_id, workflow_id, process, subject, state, needs_attention, attempts, started_at, closed_at, changed_at)
       select $1, 'chart-' || n, 'chart-' || n, 'send-invite', 'x', case when n = 3 then 'failed' else 'done' end, false, 1,
         now() - interval '1 day', now() - interval '1 day', now() from generate_series(1, 3) n`,
      [business.tenantId],
    );
    const { text } = await admin.call('GET', '/admin');
    assert.match(text, /Runs that ended, last 30 days[^]*?aria-label="Runs that ended[^"]*a day"/);
    const table = text.slice(text.indexOf('Runs that ended, last 30 days'));
    assert.match(table, /<th scope="col">Failed<\/th>[^]*?<th scope="row">/);
    assert.match(text, /Calls of integrations, last 30 days[^]*?No tool was called yet\./);
    assert.match(text, /Monthly recurring revenue, last 90 days/);
  });

  it('counts days of a calendar, whatever the clock does', () => {
    const afterLongDay = Date.parse('2026-10-25T23:30:00Z');
    assert.deepEqual(lastDays(3, 'Europe/Madrid', afterLongDay), ['2026-10-24', '2026-10-25', '2026-10-26']);
    assert.deepEqual(lastDays(2, 'America/Los_Angeles', Date.parse('2026-03-09T06:30:00Z')), [
      '2026-03-07',
      '2026-03-08',
    ]);
  });
});
