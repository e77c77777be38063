import assert from 'node:assert/strict';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { type Caller, type Platform, startPlatform } from '../../support/api.ts';
import { eventually } from '../../support/world.ts';

const adminLists = ['tenants', 'people', 'workflows', 'approvals', 'integrations'] as const;
const clientLists = ['team', 'billing/invoices', 'approvals'] as const;

describe('[USR-5] [SEC-3] lists: counted, sorted and taken out as a file', function () {
  this.timeout(120_000);
  let platform: Platform;
  let admin: Caller;
  let partner: Awaited<ReturnType<Platform['partner']>>;
  let mine: Awaited<ReturnType<Platform['business']>>;
  let foreign: Awaited<ReturnType<Platform['business']>>;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    partner = await platform.partner();
    mine = await platform.business();
    foreign = await platform.business();
    await platform.world.database.owner('update tenants set partner_id = $1 where id = $2', [
      partner.partnerId,
      mine.tenantId,
    ]);
    await eventually(
      () => admin.call('GET', '/api/admin/runs?process=onboard-tenant'),
      ({ body }) => body.items.length === 2,
    );
  });
  after(() => platform.stop());

  const linesOf = (text: string) => text.trim().split('\r\n');
  async function take(caller: Caller, path: string): Promise<string[]> {
    const answer = await caller.call('GET', path);
    assert.equal(answer.status, 200, `${path}: ${answer.text.slice(0, 300)}`);
    assert.match(
      answer.headers.get('content-disposition') ?? '',
      /^attachment; filename="[\w-]+\.csv"$/,
      path,
    );
    return linesOf(answer.text);
  }
  const exportsOf = (tenantId: string) =>
    platform.world.database.owner<{ body: { action: string; targets: unknown[]; actor: { id: string } } }>(
      `select body from events where action like '%.exported' and tenant_id = $1 order by seq`,
      [tenantId],
    );

  it('every list leads to its file, which holds a heading and a line for each row', async () => {
    for (const list of adminLists) {
      const page = await admin.call('GET', `/admin/${list}`);
      assert.ok(page.text.includes(`href="/admin/${list}.csv`), `${list} has no export`);
      const [heading = ''] = await take(admin, `/admin/${list}.csv`);
      assert.match(heading, /^\w+(,\w+)+$/, list);
    }
    assert.equal((await take(admin, '/admin/tenants.csv')).length, 3);
    const [, run = ''] = await take(
      admin,
      `/admin/workflows.csv?tenant=${mine.tenantId}&process=onboard-tenant`,
    );
    assert.match(run, new RegExp(`,Onboarding,${mine.tenantId},`));
    for (const list of clientLists) {
      const page = await mine.call('GET', `/app/${list.split('/')[0]}`);
      const [heading = ''] = await take(mine, `/app/${list}.csv`);
      assert.match(heading, /^\w+(,\w+)+$/, list);
      if (list !== 'billing/invoices') assert.ok(page.text.includes(`href="/app/${list}.csv`), list);
    }
    assert.match((await take(mine, '/app/team.csv'))[1] ?? '', new RegExp(`,${mine.email},owner,`));
  });

  it('a partner takes out the own clients only, and the log names whose lists they were', async () => {
    const lines = await take(partner, '/admin/tenants.csv?status=onboarding');
    assert.equal(lines.length, 2);
    assert.ok(lines[1]?.startsWith(mine.tenantId) && !lines.join().includes(foreign.tenantId));
    const last = (await exportsOf(PLATFORM_TENANT_ID)).at(-1)?.body;
    assert.equal(last?.action, 'tenants.exported');
    assert.deepEqual(last?.targets, [{ type: 'partner', id: partner.partnerId }]);
  });

  it('what a business takes out stands in its own log', async () => {
    await take(foreign, '/app/team.csv');
    const [only, ...more] = await exportsOf(foreign.tenantId);
    assert.deepEqual([only?.body.action, only?.body.actor.id], ['team.exported', foreign.userId]);
    assert.deepEqual(more, []);
  });

  it('counts what a list holds with its filters, and past the limit says that there are more', async () => {
    const count = async (path: string) => {
      const { text } = await admin.call('GET', path);
      return /bz-head-count"><span class="bz-num">([\d,]+)<\/span>(\+?)/.exec(text)?.slice(1).join('');
    };
    assert.equal(await count('/admin/tenants'), '2');
    assert.equal(await count(`/admin/tenants?q=${mine.tenantId}`), '1');
    await platform.world.database.owner(
      `insert into users (id, email, name, timezone, language)
       select 'usr_many' || n, 'many' || n || '@example.com', 'Many', 'UTC', 'en' from generate_series(1, 1001) n`,
      [],
    );
    assert.equal(await count('/admin/people'), '1,000+');
    assert.equal(await count(`/admin/people?q=${mine.email}`), '1');
  });

  it('headings tell the order of a list and turn it around', async () => {
    const order = async (path: string, caller: Caller = admin) => {
      const { text } = await caller.call('GET', path);
      return /aria-sort="(\w+)"><a href="([^"]+)"/.exec(text)?.slice(1) ?? [];
    };
    assert.deepEqual(await order('/admin/workflows'), ['descending', '/admin/workflows?sort=started']);
    assert.deepEqual(await order('/admin/audit'), ['descending', '/admin/audit?sort=when']);
    assert.deepEqual(await order('/admin/integrations'), ['ascending', '/admin/integrations?sort=-title']);
    const first = async (sort: string) =>
      (await take(admin, `/api/admin/audit/export?format=csv&sort=${sort}`))[1]?.split(',')[1];
    const [oldest = '', newest = ''] = [await first('when'), await first('-when')];
    assert.ok(oldest < newest, `${oldest} ${newest}`);
    const servers = await take(admin, '/admin/integrations.csv?sort=-title');
    assert.ok((servers[1] ?? '') > (servers.at(-1) ?? ''), servers[1]);
  });
});
