import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

describe('[USR-1] [USR-5] people in the admin portal', function () {
  this.timeout(180_000);
  let platform: Platform;
  let admin: Caller;
  let partner: Awaited<ReturnType<Platform['partner']>>;
  let mine: Awaited<ReturnType<Platform['business']>>;
  let foreign: Awaited<ReturnType<Platform['business']>>;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    partner = await platform.partner();
    mine = await platform.business('Mine, with a "quote"');
    foreign = await platform.business();
    await platform.world.database.owner('update tenants set partner_id = $1 where id = $2', [
      partner.partnerId,
      mine.tenantId,
    ]);
    await platform.world.database.owner('update users set email_verified_at = null where id = $1', [
      mine.userId,
    ]);
  });
  after(() => platform.stop());

  const resend = (caller: Caller, userId: string, body: object) =>
    caller.call('POST', `/api/admin/people/${userId}/confirmation`, body);
  const countEvents = async (action: string) => {
    const rows = await platform.world.database.owner('select body from events where action = $1', [action]);
    return rows.length;
  };

  it('a page says who a person is, where they belong and what happened; search leads there', async () => {
    const page = await admin.call('GET', `/admin/people/${mine.userId}`);
    assert.equal(page.status, 200, page.text.slice(0, 300));
    for (const part of [mine.email, 'Email not confirmed', `/admin/tenants/${mine.tenantId}`])
      assert.ok(page.text.includes(part), part);
    const activity = await admin.call('GET', `/admin/people/${mine.userId}?tab=activity`);
    assert.ok(activity.text.includes('Signed in'));
    const hits = await admin.call('GET', `/api/search?q=${mine.email}`);
    assert.ok(
      hits.body.items.some(({ href }: { href: string }) => href === `/admin/people/${mine.userId}`),
      hits.text,
    );
    for (const list of ['/admin/people', `/admin/tenants/${mine.tenantId}?tab=people`, '/admin/audit'])
      assert.ok(
        (await admin.call('GET', list)).text.includes(`href="/admin/people/${mine.userId}"`),
        `${list} links to the person`,
      );
  });

  it('partners open the people of their clients, and of no one else', async () => {
    assert.equal((await partner.call('GET', `/admin/people/${mine.userId}`)).status, 200);
    const { userId } = foreign;
    const answers = [
      await partner.call('GET', `/admin/people/${userId}`),
      await partner.call('GET', `/api/admin/people/${userId}`),
      await resend(partner, userId, { reason: 'Asked for on the phone' }),
      await partner.call('GET', '/admin/people/usr_nosuchperson'),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [404, 404, 404, 404],
    );
  });

  it('a confirmation is sent again once per request, with its reason in the log', async () => {
    const requestKey = crypto.randomUUID();
    const body = { reason: 'Asked for on the phone', requestKey };
    const before = (await platform.world.mails(mine.email)).length;
    assert.equal((await resend(admin, mine.userId, { requestKey })).status, 422);
    const answers = [await resend(admin, mine.userId, body), await resend(admin, mine.userId, body)];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [202, 202],
    );
    await eventually(
      () => platform.world.mails(mine.email),
      (mails) => mails.length === before + 1,
    );
    assert.equal(await countEvents('user.confirmation-resent'), 1);
    assert.equal((await platform.world.mails(mine.email)).length, before + 1);
    const confirmed = await resend(admin, foreign.userId, { reason: 'Asked for on the phone' });
    assert.equal(confirmed.body.code, 'user.already-confirmed');
  });

  it('the list is exported with its filters, each export is recorded, and no cell is a formula', async () => {
    await platform.world.database.owner('update users set name = $1 where id = $2', [
      '=HYPERLINK("http://evil.example")',
      mine.userId,
    ]);
    const all = await admin.call('GET', '/admin/people.csv');
    assert.match(all.headers.get('content-type') ?? '', /^text\/csv/);
    assert.ok(all.text.includes(foreign.email));
    assert.ok(all.text.includes(`"'=HYPERLINK(""http://evil.example"")"`), all.text);
    assert.ok(all.text.includes('"Mine, with a ""quote"""'));
    const own = await partner.call('GET', '/admin/people.csv?status=unconfirmed');
    const lines = own.text.trim().split('\r\n');
    assert.equal(lines.length, 2, own.text);
    assert.ok(lines[1]?.includes(mine.email));
    assert.equal(await countEvents('people.exported'), 2);
    assert.equal((await mine.call('GET', '/admin/people.csv')).status, 403);
  });

  it('the export continues past one batch', async () => {
    await platform.world.database.owner(
      `insert into users (id, email, name, timezone, language)
       select 'usr_batch' || n, 'batch' || n || '@example.com', 'Batch', 'UTC', 'en' from generate_series(1, 450) n`,
      [],
    );
    const { text } = await admin.call('GET', '/admin/people.csv?q=batch');
    assert.equal(text.trim().split('\r\n').length, 451);
  });
});
