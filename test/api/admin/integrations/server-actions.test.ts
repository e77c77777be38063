import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { connectTenant } from '../../../support/tools.ts';
import { dayMs } from '../../../../db/domain/time.ts';

const reason = 'Checked at the weekly review';
const api = '/api/admin/integrations';
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

describe('[MCP-R2] [MCP-R3] [MCP-R4] categories, use and deprecation of servers', function () {
  this.timeout(90_000);
  let platform: Platform;
  let admin: Caller;
  let business: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    platform = await startPlatform();
    [admin, business] = [await platform.admin(), await platform.business('=Rivera, "Bakery"')];
    const { deps, database } = platform.world;
    await connectTenant(deps, business.tenantId, 'sendgrid', { apiKey: 'x' });
    await database.owner(
      `insert into mcp_calls (id, tenant_id, server, tool, actor_type, actor_id, call_key, attempt, outcome, ms,
                              bytes_in, bytes_out, at)
       select 'cal_' || n, $1, 'sendgrid', 'sendgrid_send_mail', 'user', 'usr_x', 'k' || n, 1,
              case when n % 4 = 0 then 'tool.vendor-failed' else 'ok' end, n, 1, 1, now() - n * interval '1 hour'
       from generate_series(1, 400) n`,
      [business.tenantId],
    );
  });
  after(() => platform.stop());

  it('keeps categories in their order; one in use stays', async () => {
    const saved = await admin.call('POST', `${api}/categories`, { key: 'hr', title: 'People', position: 5 });
    assert.deepEqual([saved.status, saved.body.items[0].key], [200, 'hr']);
    const renamed = await admin.call('POST', `${api}/categories`, { key: 'hr', title: 'HR', position: 500 });
    assert.equal(renamed.body.items.at(-1).title, 'HR');
    const used = await admin.call('POST', `${api}/categories/finance/remove`, {});
    assert.deepEqual([used.status, used.body.code], [409, 'category.in-use']);
    const refused = await admin.form('/admin/integrations/categories/finance/remove', {});
    assert.match(refused.text, /This category has servers/);
    assert.equal((await admin.call('POST', `${api}/categories/hr/remove`, {})).status, 200);
    assert.equal((await admin.call('POST', `${api}/categories/hr/remove`, {})).status, 404);
    const wrong = await admin.form('/admin/integrations/categories', {
      key: 'No Key',
      title: '',
      position: 'x',
    });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Use small letters/);
  });

  it('counts use by server, tool, tenant and day for a period', async () => {
    const read = async (query: string, caller = admin) =>
      (await caller.call('GET', `${api}/usage?${query}`)).body.items;
    const [week] = await read('by=server&days=7');
    assert.deepEqual([week.key, week.calls, week.errors], ['sendgrid', 167, 41]);
    assert.equal((await read('by=server&days=30'))[0].calls, 400);
    assert.equal((await read('by=tool'))[0].key, 'sendgrid/sendgrid_send_mail');
    assert.equal((await read('by=tenant'))[0].key, business.tenantId);
    assert.ok((await read('by=day')).length >= 7);
    assert.deepEqual(await read('by=server', await platform.partner()), []);
    for (const by of ['server', 'tool', 'tenant', 'day']) {
      const { status, text } = await admin.call('GET', `/admin/integrations/usage?by=${by}&days=30`);
      assert.equal(status, 200);
      assert.match(text, /400/);
    }
  });

  it('gives the same figures as a file that a spreadsheet takes as text', async () => {
    const { headers, text } = await admin.call('GET', '/admin/integrations/usage.csv?by=tenant&days=30');
    assert.match(headers.get('content-type') ?? '', /^text\/csv/);
    const [head, row] = text.split('\r\n');
    assert.equal(head, 'key,title,calls,refused,errors,p50Ms,p95Ms,lastAt,summed');
    assert.ok(row?.startsWith(`${business.tenantId},"'=Rivera, ""Bakery""",400,0,100,`), row);
    assert.equal((await business.call('GET', '/admin/integrations/usage.csv')).status, 403);
  });

  it('shows who is told when, deprecates, and undoes it', async () => {
    const path = `${api}/servers/sendgrid`;
    const plan = (await admin.call('GET', `${path}/deprecate?lastDay=${inDays(40)}`)).body;
    assert.deepEqual(
      plan.emails.map(({ key }: { key: string }) => key),
      ['now', 'month', 'week', 'day'],
    );
    assert.equal(plan.tenants[0].tenantId, business.tenantId);
    const page = await admin.call(
      'GET',
      `/admin/integrations/servers/sendgrid/deprecate?lastDay=${inDays(5)}`,
    );
    assert.match(page.text, /1 day before/);
    assert.doesNotMatch(page.text, /7 days before/);
    const past = await admin.form('/admin/integrations/servers/sendgrid/deprecate', {
      lastDay: inDays(-2),
      reason,
    });
    assert.equal(past.status, 422);
    assert.match(past.text, /time in the future/);
    const body = { lastDay: inDays(40), successor: 'mailchimp', notice: 'Please move.', reason };
    const announced = await admin.call('POST', `${path}/deprecate`, body);
    assert.deepEqual([announced.status, announced.body.status], [200, 'deprecated'], announced.text);
    assert.equal((await admin.call('POST', `${path}/deprecate`, body)).status, 422);
    const shown = await admin.call('GET', '/admin/integrations/servers/sendgrid');
    assert.match(shown.text, /Available until/);
    const off = await admin.call('POST', `${path}/undo-deprecation`, { reason });
    assert.deepEqual([off.status, off.body.status], [200, 'available'], off.text);
    const partner = await platform.partner();
    assert.equal((await partner.call('POST', `${path}/deprecate`, body)).status, 403);
  });
});
