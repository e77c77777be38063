import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as members from '../../../../db/repos/people/members.ts';
import * as offboarding from '../../../../db/repos/people/offboarding.ts';
import * as users from '../../../../db/repos/people/users.ts';
import { plantTenant, testDatabase, type TestDatabase } from '../../../support/database.ts';

describe('[USR-2] the owners of a business', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  it('are read under a lock: the second of two changes sees the first', async () => {
    const { tenantId, userId: one } = await plantTenant(database.db);
    const { userId: two } = await plantTenant(database.db);
    const by = { actor: { type: 'system', id: 'test' }, context: {} } as const;
    const inTenant = { visibility: { tenantId }, by };
    await database.db.inScope(inTenant, (tx) => users.addMember(tx, tenantId, two, 'owner'));
    let changed = () => undefined as void;
    const first = new Promise<void>((resolve) => (changed = resolve));
    const demoted = database.db.inScope(inTenant, async (tx) => {
      await members.changeRole(tx, tenantId, { userId: two, role: 'member', by: one });
      changed();
      // Long enough for the other to read, if nothing held it.
      await sleep(500);
    });
    await first;
    const late = database.db.inScope(inTenant, (tx) =>
      members.changeRole(tx, tenantId, { userId: one, role: 'member', by: two }),
    );
    await assert.rejects(late, { code: 'permission.denied' });
    await demoted;
    const roles = await database.owner('select user_id, role from memberships where tenant_id = $1', [
      tenantId,
    ]);
    assert.deepEqual(Object.fromEntries(roles.map(({ user_id, role }) => [user_id, role])), {
      [one]: 'owner',
      [two]: 'member',
    });
  });

  it('always remain one at least', async () => {
    const { tenantId, userId } = await plantTenant(database.db);
    const { userId: other } = await plantTenant(database.db);
    const by = { actor: { type: 'system', id: 'test' }, context: {} } as const;
    const inTenant = { visibility: { tenantId }, by };
    await database.db.inScope(inTenant, (tx) => users.addMember(tx, tenantId, other, 'admin'));
    const remove = (who: string, asker: string) =>
      database.db.inScope({ visibility: 'platform', by }, (tx) =>
        offboarding.leave(tx, tenantId, { userId: who, by: asker, heirId: null }),
      );
    await assert.rejects(remove(userId, userId), { code: 'member.own-role' });
    await assert.rejects(remove(userId, other), { code: 'permission.denied' });
    assert.equal(await remove(other, userId), true);
    assert.equal(await remove(other, userId), false);
  });
});
