import assert from 'node:assert/strict';
import { accessActions, accessKindOf } from '../../../../db/domain/audit/access-log.ts';
import { type Caller, type Platform, startPlatform, testPassword } from '../../../support/api.ts';
import { viewAs } from '../../../support/views.ts';

const chrome =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

describe('[USR-6] the access log', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  let owner: Awaited<ReturnType<Platform['business']>>;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    owner = await platform.business('Rivera Bakery');
    const from = { 'user-agent': chrome };
    const signIn = { email: owner.email, password: testPassword };
    await platform.caller().call('POST', '/api/public/sign-in', signIn, from);
    await platform.caller().call('POST', '/api/public/sign-in', { ...signIn, password: 'wrong' }, from);
    await platform
      .caller()
      .call('POST', '/api/public/sign-in', { email: 'w.white@nowhere.example', password: 'x' });
  });
  after(() => platform.stop());

  const log = async (query = '', by: Caller = admin) =>
    (await by.call('GET', `/api/admin/access-log?${query}`)).body.items as Record<string, any>[];

  it('tells who signed in, from where, on which device, and what was refused', async () => {
    const [signedIn] = await log(`kind=signIn&tenant=${owner.tenantId}`);
    assert.deepEqual(
      [signedIn?.['person'], signedIn?.['device'], signedIn?.['outcome'], signedIn?.['tenantName']],
      ['Olga Owner', 'Chrome on macOS', 'success', 'Rivera Bakery'],
    );
    assert.match(signedIn?.['ip'], /127\.0\.0\.1/);
    const [unknown, refused] = await log('kind=refused');
    assert.deepEqual([refused?.['person'], refused?.['outcome']], ['Olga Owner', 'failure']);
    assert.deepEqual([unknown?.['person'], unknown?.['by']], ['w…@nowhere.example', null]);
  });

  it('is filtered by person, outcome and day, on the page and in the CSV, which is an event', async () => {
    for (const line of await log('person=Olga')) assert.match(`${line['person']} ${line['by']}`, /Olga/);
    assert.deepEqual(await log('person=Olga&from=2099-01-01'), []);
    const kinds = new Set((await log('outcome=failure')).map(({ kind }) => kind as string));
    assert.deepEqual([...kinds], ['refused']);
    const page = await admin.call('GET', '/admin/access-log?kind=refused');
    assert.ok(page.text.includes('w…@nowhere.example') && page.text.includes('Chrome on macOS'));
    assert.match((await admin.call('GET', '/admin/access-log?person=no-one-at-all')).text, /Clear/i);
    const { text, headers } = await admin.call('GET', '/admin/access-log.csv?kind=refused');
    assert.match(headers.get('content-type') ?? '', /^text\/csv/);
    assert.equal(text.trim().split('\r\n').length, 3, text);
    const actions = (await log('kind=administration')).map(({ action }) => action as string);
    assert.ok(actions.includes('access.exported'), actions.join());
    assert.equal((await admin.call('GET', '/api/admin/access-log?kind=nothing')).status, 422);
  });

  it('names both people of a view, and tells the business nothing of where the administrator is', async () => {
    const viewer = await platform.admin();
    const { name } = (await viewer.call('GET', '/api/session')).body;
    await viewAs(viewer, owner.userId);
    await viewer.call('GET', '/api/client/team');
    const find = (items: Record<string, any>[]) =>
      items.find(({ action }) => action === 'impersonation.page-viewed') ?? {};
    const seen = find(await log('kind=administration'));
    assert.deepEqual([seen['person'], seen['by'], typeof seen['ip']], ['Olga Owner', name, 'string']);
    const { body } = await owner.call('GET', '/api/client/security-events?kind=administration');
    const told = find(body.items);
    assert.deepEqual(
      [told['person'], told['by'], told['ip'], told['device']],
      ['Olga Owner', 'Platform support', null, null],
    );
    assert.match((await owner.call('GET', '/account/security')).text, /Support started viewing the portal/);
    await viewer.call('POST', '/api/impersonation/end');
  });

  it('shows owners and administrators their own business, and members and others nothing', async () => {
    const { body } = await owner.call('GET', '/api/client/security-events');
    assert.ok(body.items.length >= 3);
    for (const { tenantId } of body.items) assert.equal(tenantId, owner.tenantId);
    const page = await owner.call('GET', '/app/security-events?kind=signIn');
    assert.ok(page.text.includes('Chrome on macOS') && page.text.includes('Olga Owner'));
    const csv = await owner.call('GET', '/app/security-events.csv');
    assert.ok(csv.text.includes('Chrome on macOS'));
    const exported = await owner.call('GET', '/api/client/security-events?kind=administration');
    // The certificate of the view before may come in between.
    const actions = exported.body.items.map(({ action }: { action: string }) => action);
    assert.ok(actions.includes('access.exported'), actions.join());
    const member = await platform.colleague(owner.tenantId, 'member');
    for (const path of ['/app/security-events', '/app/security-events.csv', '/api/client/security-events'])
      assert.equal((await member.call('GET', path)).status, 403, path);
    const stranger = await platform.business();
    const found = await stranger.call('GET', '/api/client/security-events?person=Olga');
    for (const { tenantId } of found.body.items) assert.equal(tenantId, stranger.tenantId);
    const partner = await platform.partner();
    assert.deepEqual(await log('', partner), []);
  });

  it('hides address and device of platform staff from the business they help', async () => {
    const [staff] = await platform.world.database.owner<{ id: string }>(
      `select id from users where platform_role = 'superAdmin' limit 1`,
    );
    const by = {
      actor: { type: 'user' as const, id: staff?.id ?? '' },
      context: { ip: '198.51.100.9', userAgent: chrome },
    };
    await platform.world.database.db.inScope({ visibility: 'platform', by }, async (tx) =>
      tx.record({
        action: 'session.ended',
        targets: [{ type: 'user', id: owner.userId }],
        data: { sessions: 1 },
        tenantId: owner.tenantId,
      }),
    );
    const { body, text } = await owner.call('GET', '/api/client/security-events?kind=ended');
    const [line] = body.items;
    assert.deepEqual(
      [line.person, line.by, line.ip, line.device],
      ['Olga Owner', 'Platform support', null, null],
    );
    assert.ok(!text.includes('198.51.100.9'));
    const [same] = await log(`kind=ended&tenant=${owner.tenantId}`);
    assert.deepEqual([same?.['ip'], same?.['by']], ['198.51.100.9', 'Staff']);
  });

  it('has every action of a session and of the team in one kind', () => {
    assert.deepEqual(
      ['session.opened', 'session.refused', 'session.closed', 'session.ended', 'permission.refused'].map(
        accessKindOf,
      ),
      ['signIn', 'refused', 'signOut', 'ended', 'denied'],
    );
    assert.equal(accessKindOf('mail.sent'), null);
    assert.ok(accessActions('administration').includes('membership.role-changed'));
    assert.ok(!accessActions().includes('mail.sent'));
  });
});
