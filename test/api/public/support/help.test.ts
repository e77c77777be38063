import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';

describe('[ONB-4] [TEN-1] the frame around every page', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  let owner: Caller;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    owner = await platform.business('Frame Bakery');
  });
  after(() => platform?.stop());

  const textOf = async (caller: Caller, path: string) => (await caller.call('GET', path)).text;

  it('groups the navigation and shows pages of one entry as tabs', async () => {
    const text = await textOf(admin, '/admin/onboarding');
    const groups = [...text.matchAll(/data-nav-group="([^"]+)"/g)].map(([, group]) => group);
    assert.deepEqual(groups, ['Customers', 'Operations', 'Product', 'Govern']);
    const nav = text.slice(text.indexOf('id="nav"'), text.indexOf('</nav>'));
    assert.doesNotMatch(nav, /Onboarding|Start a process/);
    assert.match(nav, /href="\/admin\/tenants" aria-current="true"/);
    assert.match(text, /aria-label="Tenants"[^]*href="\/admin\/onboarding" aria-current="page"/);
  });

  it('keeps folded what the person folded, apart from the group of the page itself', async () => {
    admin.cookies.set('nav-open', 'Govern');
    const text = await textOf(admin, '/admin/tenants');
    admin.cookies.delete('nav-open');
    const open = [...text.matchAll(/<details class="bz-nav-group"( open)? data-nav-group="([^"]+)"/g)];
    assert.deepEqual(
      open.filter(([, isOpen]) => isOpen).map(([, , group]) => group),
      ['Customers', 'Govern'],
    );
    assert.equal(open.length, 4);
  });

  it('marks Workflows on the page that starts a process, and names the group in the breadcrumb', async () => {
    const text = await textOf(admin, '/admin/processes');
    assert.match(text, /href="\/admin\/workflows" aria-current="true"/);
    assert.match(text, /aria-label="Breadcrumb"[^]*<li>Operations<\/li>[^]*Workflows<\/a>/);
  });

  it('offers on the help page what the person may do, and nothing else', async () => {
    assert.match(
      await textOf(admin, '/help'),
      /Register server[^]*Verify the audit log|Verify the audit log[^]*Register server/,
    );
    const text = await textOf(owner, '/help');
    assert.match(text, /href="\/app\/team#invite"/);
    assert.doesNotMatch(text, /Register server|audit log/);
  });

  it('finds actions by any of their words, records by id, and for a client integrations, people and invoices', async () => {
    const find = async (caller: Caller, q: string) =>
      (await caller.call('GET', `/api/search?q=${encodeURIComponent(q)}`)).body.items as {
        title: string;
        kind: string;
        href: string;
      }[];
    const business = owner as Caller & { tenantId: string };
    assert.deepEqual(
      (await find(admin, 'integrity check')).map(({ href }) => href),
      ['/admin/audit?check=now'],
    );
    assert.deepEqual(
      (await find(admin, business.tenantId))
        .map(({ href }) => href)
        .filter((href) => href.includes('/tenants/')),
      [`/admin/tenants/${business.tenantId}`],
    );
    assert.deepEqual(
      (await find(owner, 'add colleague')).map(({ title }) => title),
      ['Invite a person'],
    );
    assert.equal((await find(owner, 'connect stripe'))[0]?.title, 'Connect Stripe');
    assert.equal((await find(owner, 'olga')).find(({ kind }) => kind === 'person')?.href, '/app/team');
    assert.ok((await find(owner, '')).every(({ kind }) => kind === 'action'));
  });
});
