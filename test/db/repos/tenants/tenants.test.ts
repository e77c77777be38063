import assert from 'node:assert/strict';
import { newId } from '../../../../db/domain/ids.ts';
import * as accounts from '../../../../db/repos/people/accounts.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import * as users from '../../../../db/repos/people/users.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../../support/database.ts';

describe('[ONB-1] tenants and their people', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  const inTenant = <T>(tenantId: string, work: Parameters<TestDatabase['db']['inScope']>[1]) =>
    database.db.inScope(scope({ tenantId }), work) as Promise<T>;

  it('are found by their own scope only', async () => {
    const [one, two] = [await plantTenant(database.db), await plantTenant(database.db)];
    await inTenant(one.tenantId, async (tx) => {
      assert.equal((await tenants.get(tx, one.tenantId)).name, one.name);
      assert.equal(await tenants.find(tx, two.tenantId), null);
      await assert.rejects(tenants.get(tx, two.tenantId), { code: 'tenant.not-found' });
      assert.equal((await users.get(tx, one.userId)).email, one.email);
      await assert.rejects(users.get(tx, two.userId), { code: 'user.not-found' });
    });
  });

  const confirm = (userId: string) =>
    database.db.inScope(scope('platform'), (tx) => accounts.confirmAddress(tx, userId));
  const isTaken = (name: string, id = 'ten_other') =>
    database.db.inScope(scope('platform'), (tx) => tenants.isNameTaken(tx, { id, name }));

  it('have a name for themselves once the owner has confirmed the address, however it is written', async () => {
    const { userId, tenantId } = await plantTenant(database.db, { name: 'Café Zürich', confirmed: false });
    const written = ['Café Zürich', 'cafe zurich', ' CAFE-ZÜRICH! '];
    for (const name of written) assert.equal(await isTaken(name), false, name);
    assert.equal(await confirm(userId), true);
    for (const name of written) {
      assert.equal(await isTaken(name), true, name);
      assert.equal(await isTaken(name, tenantId), false, 'it is their own');
    }
    assert.equal(await isTaken('Café Zug'), false);
  });

  it('give one name to one of many who confirm at the same moment', async () => {
    const attempts = Array.from({ length: 8 }, () =>
      plantTenant(database.db, { name: 'Wanted', confirmed: false }),
    );
    const planted = await Promise.all(attempts);
    const confirmed = await Promise.all(planted.map(({ userId }) => confirm(userId)));
    assert.ok(confirmed.every(Boolean), 'everyone comes in');
    const holders = await database.owner(`select 1 from tenants where name_key = 'wanted'`);
    assert.equal(holders.length, 1);
  });

  it('refuse an email address that has an account, and leave neither tenant nor credential', async () => {
    const { email } = await plantTenant(database.db);
    const refused = plantTenant(database.db, { email, name: 'Second of the same' });
    await assert.rejects(refused, { code: 'user.email-taken' });
    assert.equal((await database.owner(`select 1 from tenants where name = 'Second of the same'`)).length, 0);
    assert.equal((await database.owner('select 1 from auth.users where email = $1', [email])).length, 1);
  });

  it('make a credential with the person', async () => {
    const { userId, email } = await plantTenant(database.db, { passwordHash: 'hash' });
    const rows = await database.owner(
      `select u.email, a.password, a.provider_id from auth.users u join auth.accounts a on a.user_id = u.id where u.id = $1`,
      [userId],
    );
    assert.deepEqual(rows, [{ email, password: 'hash', provider_id: 'credential' }]);
  });

  it('change what is given and keep the rest', async () => {
    const { tenantId } = await plantTenant(database.db, { timezone: 'Europe/Madrid' });
    await inTenant(tenantId, async (tx) => {
      await tenants.update(tx, tenantId, { country: 'IN', timezone: 'Asia/Kolkata' });
      const { country, timezone, language } = await tenants.get(tx, tenantId);
      assert.deepEqual(
        { country, timezone, language },
        { country: 'IN', timezone: 'Asia/Kolkata', language: 'en' },
      );
    });
  });

  it('go live once', async () => {
    const { tenantId } = await plantTenant(database.db);
    const live = () => inTenant<boolean>(tenantId, (tx) => tenants.setStatus(tx, tenantId, 'live'));
    assert.deepEqual([await live(), await live()], [true, false]);
    const rows = await database.owner(
      `select 1 from events where tenant_id = $1 and action = 'tenant.activated'`,
      [tenantId],
    );
    assert.equal(rows.length, 1);
  });

  it('confirm an address once', async () => {
    const { tenantId, userId } = await plantTenant(database.db, { confirmed: false });
    const verify = () => inTenant<boolean>(tenantId, (tx) => users.verifyEmail(tx, userId));
    assert.deepEqual([await verify(), await verify()], [true, false]);
    const [member] = await inTenant<users.Member[]>(tenantId, (tx) => users.listMembers(tx, tenantId));
    assert.ok(member?.emailVerifiedAt instanceof Date && member.role === 'owner');
  });
});

describe('[ONB-4] a sign-up that is abandoned', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  const abandon = (tenantId: string) =>
    database.db.inScope(scope({ tenantId }), async (tx) => {
      await users.removeMembersOfAbandoned(tx, tenantId);
      return tenants.setStatus(tx, tenantId, 'abandoned');
    });

  it('frees its name and email address, and ends its sign-in', async () => {
    const { tenantId, userId, email, name } = await plantTenant(database.db, { confirmed: false });
    const taken = () =>
      database.db.inScope(scope('platform'), (tx) => tenants.isNameTaken(tx, { id: 'ten_other', name }));
    await database.db.inScope(scope('platform'), (tx) => accounts.confirmAddress(tx, userId));
    assert.equal(await taken(), true);
    assert.equal(await abandon(tenantId), true);
    assert.equal(await abandon(tenantId), false);
    for (const table of ['users', 'auth.users']) {
      assert.equal((await database.owner(`select 1 from ${table} where id = $1`, [userId])).length, 0, table);
    }
    assert.equal(
      (await database.owner('select 1 from auth.accounts where user_id = $1', [userId])).length,
      0,
    );
    assert.equal(await taken(), false);
    await plantTenant(database.db, { name, email });
  });

  it('keeps a person who belongs to another tenant, with the credential', async () => {
    const [leaving, staying] = [await plantTenant(database.db), await plantTenant(database.db)];
    await database.owner(`insert into memberships (tenant_id, user_id, role) values ($1, $2, 'member')`, [
      leaving.tenantId,
      staying.userId,
    ]);
    await abandon(leaving.tenantId);
    const kept = await database.owner('select 1 from users join auth.users a using (id) where id = $1', [
      staying.userId,
    ]);
    assert.equal(kept.length, 1);
    assert.equal(
      (await database.owner('select 1 from memberships where user_id = $1', [staying.userId])).length,
      1,
    );
    const removed = await database.owner<{ target_id: string }>(
      `select target_id from events where tenant_id = $1 and action = 'user.removed'`,
      [leaving.tenantId],
    );
    assert.deepEqual(removed, [{ target_id: leaving.userId }]);
  });

  it('never removes people of the platform', async () => {
    const { tenantId } = await plantTenant(database.db);
    const admin = newId('user');
    await database.db.inScope(scope('platform'), (tx) =>
      users.insert(tx, {
        id: admin,
        email: 'ada@example.com',
        name: 'Ada',
        timezone: 'UTC',
        language: 'en',
        passwordHash: 'x',
        platformRole: 'superAdmin',
      }),
    );
    await database.owner(`insert into memberships (tenant_id, user_id, role) values ($1, $2, 'member')`, [
      tenantId,
      admin,
    ]);
    await abandon(tenantId);
    assert.equal(
      (await database.owner('select 1 from users join auth.users a using (id) where id = $1', [admin]))
        .length,
      1,
    );
    // Nor when a tenant asks for it by name.
    const asked = await database.db.inScope(scope({ tenantId }), (tx) =>
      tx.sql.raw<{ rows: unknown[] }>('select remove_person(?) as gone', [admin]),
    );
    assert.deepEqual(asked.rows, [{ gone: false }]);
  });
});
