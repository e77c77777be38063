import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';

describe('[USR-1] [USR-5] the directory and the activity of a person', function () {
  this.timeout(120_000);
  let platform: Platform;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const sql = (text: string, values: unknown[]) => platform.world.database.owner(text, values);
  const found = async (query: string) => {
    const { status, body, text } = await admin.call('GET', `/api/admin/people?limit=200&${query}`);
    assert.equal(status, 200, text);
    return body.items.map(({ id }: { id: string }) => id) as string[];
  };

  it('finds people by name, email, tenant, role, state, second factor and when last seen', async () => {
    const owner = await platform.business('Directory Bakery');
    const member = await platform.colleague(owner.tenantId, 'member');
    const { userId } = (await member.call('GET', '/api/session')).body;
    await sql('update users set second_factor_at = now() where id = $1', [userId]);
    await sql('update users set email_verified_at = null where id = $1', [owner.userId]);
    await sql(`update users set last_seen_at = now() - interval '40 days' where id = $1`, [owner.userId]);
    const tenant = `tenant=${owner.tenantId}`;
    assert.deepEqual((await found(`q=directory bakery`)).sort(), [userId, owner.userId].sort());
    assert.deepEqual(await found(`q=${owner.email}`), [owner.userId]);
    assert.deepEqual(await found(`${tenant}&role=owner`), [owner.userId]);
    assert.deepEqual(await found(`${tenant}&secondFactor=on`), [userId]);
    assert.deepEqual(await found(`${tenant}&secondFactor=off`), [owner.userId]);
    assert.deepEqual(await found(`${tenant}&seen=within-7`), [userId], 'signing in is being seen');
    assert.deepEqual(await found(`${tenant}&seen=before-30`), [owner.userId]);
    assert.deepEqual(await found(`${tenant}&sort=-seen`), [userId, owner.userId]);
    assert.deepEqual(await found(`${tenant}&status=suspended`), []);
    await sql(`update memberships set status = 'suspended' where user_id = $1`, [userId]);
    assert.deepEqual(await found(`${tenant}&status=suspended`), [userId]);
    assert.deepEqual(await found(`${tenant}&status=unconfirmed`), [owner.userId]);
    const page = await admin.call('GET', `/admin/people?${tenant}`);
    assert.ok(page.text.includes('Suspended') && page.text.includes('Directory Bakery'));
  });

  it('pages by when last seen meet everyone once, also those never seen', async () => {
    await sql(
      `insert into users (id, email, name, timezone, language, last_seen_at)
       select 'usr_seen' || n, 'seen' || n || '@example.com', 'Seen', 'UTC', 'en',
              case when n % 2 = 0 then now() - n * interval '1 hour' end from generate_series(1, 9) n`,
      [],
    );
    const ids: string[] = [];
    let cursor: string | null = '';
    do {
      const { body } = await admin.call(
        'GET',
        `/api/admin/people?q=seen&sort=-seen&limit=4&cursor=${cursor}`,
      );
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    assert.equal(new Set(ids).size, 9);
    assert.equal(ids.length, 9);
    assert.equal(ids[0], 'usr_seen2');
    assert.equal((await admin.call('GET', '/api/admin/people?cursor=nonsense')).status, 422);
  });

  it('views of the directory are kept, and apart from those of tenants', async () => {
    const save = (list: string, query: string) =>
      admin.call('POST', `/api/admin/${list}-views`, { name: 'Mine', query });
    const saved = await save('people', 'status=suspended&nonsense=1&cursor=x');
    assert.equal(saved.status, 201, saved.text);
    assert.equal(saved.body.query, 'status=suspended');
    assert.equal((await save('tenant', 'status=live')).status, 201, 'the same name in another list');
    assert.equal((await save('people', 'role=owner')).body.code, 'view.name-taken');
    const page = await admin.call('GET', '/admin/people?status=suspended');
    assert.ok(page.text.includes('Mine') && page.text.includes('Rename'));
    const other = await platform.admin();
    assert.deepEqual((await other.call('GET', '/api/admin/people-views')).body.items, []);
    const removed = await other.call('DELETE', `/api/admin/people-views/${saved.body.id}`);
    assert.equal(removed.status, 404);
  });

  it('activity holds what a person did, what was done for them among others, and what was done as them', async () => {
    const owner = await platform.business();
    const colleague = await platform.colleague(owner.tenantId, 'member');
    const { userId } = (await colleague.call('GET', '/api/session')).body;
    const { userId: adminId } = (await admin.call('GET', '/api/session')).body;
    const scope = (actor: string, impersonatorId?: string) => ({
      visibility: { tenantId: owner.tenantId },
      by: {
        actor: { type: 'user' as const, id: actor },
        context: {},
        ...(impersonatorId && { impersonatorId }),
      },
    });
    const { db } = platform.world.database;
    const targets = [owner.userId, userId].map((id) => ({ type: 'user' as const, id }));
    await db.inScope(scope(owner.userId), async (tx) =>
      tx.record({ action: 'people.changed', targets, data: { reason: 'Both of them' } }),
    );
    await db.inScope(scope(userId, adminId), async (tx) =>
      tx.record({ action: 'view.saved', targets: [{ type: 'view', id: 'vie_as' }] }),
    );
    const read = async (id: string, query = '') => {
      const { body, text } = await admin.call('GET', `/api/admin/people/${id}/activity?${query}`);
      assert.ok(body.items, text);
      return body.items.map(
        ({ action, part }: { action: string; part: string }) => `${part} ${action}`,
      ) as string[];
    };
    const all = await read(userId);
    for (const one of ['for people.changed', 'as view.saved', 'by session.opened', 'for user.created'])
      assert.ok(all.includes(one), `${one} in ${String(all)}`);
    const whole = await admin.call('GET', `/api/admin/people/${userId}/activity?limit=200`);
    const ids = whole.body.items.map(({ id }: { id: string }) => id) as string[];
    assert.equal(new Set(ids).size, ids.length, 'each event once');
    assert.ok((await read(adminId)).includes('by view.saved'), 'the administrator did it');
    assert.deepEqual(await read(userId, 'action=view.saved'), ['as view.saved']);
    assert.deepEqual(await read(userId, 'to=2020-01-01'), []);
    const one = await admin.call('GET', `/api/admin/people/${userId}/activity?limit=1`);
    const next = await admin.call(
      'GET',
      `/api/admin/people/${userId}/activity?limit=200&cursor=${one.body.nextCursor}`,
    );
    assert.equal(next.body.items.length, all.length - 1);
    const bad = Buffer.from(JSON.stringify(['no time', 'x'])).toString('base64url');
    assert.equal((await admin.call('GET', `/api/admin/people/${userId}/activity?cursor=${bad}`)).status, 422);

    const csv = await admin.call('GET', `/admin/people/${userId}/activity.csv`);
    // A heading, and the export itself.
    assert.equal(csv.text.trim().split('\r\n').length, all.length + 2);
    const lines = (await admin.call('GET', `/admin/people/${userId}/activity.jsonl?action=view.saved`)).text;
    assert.equal(JSON.parse(lines).impersonator.id, adminId);
    const exported = await sql(`select body from events where action = 'person.activity-exported'`, []);
    assert.equal(exported.length, 2);
  });

  it('partners read the activity of their clients’ people as far as it is theirs, and of no one else', async () => {
    const partner = await platform.partner();
    const [mine, foreign] = [await platform.business(), await platform.business()];
    await sql('update tenants set partner_id = $1 where id = $2', [partner.partnerId, mine.tenantId]);
    const read = (id: string, file = '') => partner.call('GET', `/api/admin/people/${id}/activity${file}`);
    const { body } = await read(mine.userId);
    assert.ok(body.items.length > 0);
    assert.ok(body.items.every(({ tenantId }: { tenantId: string }) => tenantId === mine.tenantId));
    assert.equal((await read(foreign.userId)).status, 404);
    assert.equal((await partner.call('GET', `/admin/people/${foreign.userId}/activity.csv`)).status, 404);
  });
});
