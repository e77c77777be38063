import assert from 'node:assert/strict';
import { testPassword, type Caller, type Platform, startPlatform } from '../../../support/api.ts';

describe('[USR-6] [SEC-7] sign-ins in the audit log', function () {
  this.timeout(120_000);
  let platform: Platform;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const signIn = (email: string, password: string) =>
    platform.caller().call('POST', '/api/public/sign-in', { email, password });
  const listed = async (query: string) =>
    (await admin.call('GET', `/api/admin/audit-events?${query}`)).body.items;

  it('are found by the tenant of the person, refused ones by the account too', async () => {
    const owner = await platform.business();
    assert.equal((await signIn(owner.email, testPassword)).status, 200);
    assert.equal((await signIn(owner.email, 'not the password')).status, 401);
    const opened = await listed(`tenant=${owner.tenantId}&action=session.opened`);
    assert.equal(opened.length, 2);
    const refused = await listed(`tenant=${owner.tenantId}&action=session.refused`);
    assert.deepEqual(
      refused.map(({ targets }: { targets: unknown }) => targets),
      [[{ type: 'user', id: owner.userId }]],
    );
    const page = await admin.call('GET', `/admin/audit?tenant=${owner.tenantId}&action=session.refused`);
    assert.ok(page.text.includes(`href="/admin/people/${owner.userId}"`));
  });

  it('of unknown accounts keep only the masked address, and nothing of what is no address', async () => {
    await signIn('walter.white@nowhere.example', 'wrong password');
    await signIn('my secret password', 'wrong password');
    const refused = await listed('action=session.refused');
    const accounts = refused.map(({ data }: { data: { account?: string } }) => data.account);
    assert.deepEqual(accounts.slice(0, 2), ['not an email address', 'w…@nowhere.example']);
    assert.doesNotMatch(JSON.stringify(refused), /walter|my secret/);
    const page = await admin.call('GET', '/admin/audit?action=session.refused');
    assert.ok(page.text.includes('w…@nowhere.example'));
  });

  it('the log is exported with the filters of the list, and the export is an entry', async () => {
    const owner = await platform.business();
    const { text, headers } = await admin.call(
      'GET',
      `/api/admin/audit/export?format=csv&tenant=${owner.tenantId}&action=session.opened`,
    );
    assert.match(headers.get('content-type') ?? '', /^text\/csv/);
    const lines = text.trim().split('\r\n');
    assert.equal(lines.length, 2, text);
    assert.ok(lines[1]?.includes(owner.tenantId) && lines[1].includes('session.opened'));
    const [entry] = await listed('action=audit.exported');
    assert.equal(entry.data.filters, 'action, tenant');
    const partner = await platform.partner();
    const own = await partner.call('GET', '/api/admin/audit/export?format=csv');
    assert.equal(own.text.trim().split('\r\n').length, 1, 'a partner without clients exports no entries');
  });
});
