import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform, testPassword } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

const reason = 'Agreed in the weekly round';

describe('[USR-2] [USR-3] accounts, as super admins change them', function () {
  this.timeout(120_000);
  let platform: Platform;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const idOf = async (caller: Caller) => (await caller.call('GET', '/api/session')).body.userId as string;
  const act = (by: Caller, userId: string, action: string, body: object = {}) =>
    by.call('POST', `/api/admin/people/${userId}/${action}`, { reason, ...body });
  const inTenant = (by: Caller, userId: string, tenantId: string, action: string, body: object = {}) =>
    act(by, userId, `memberships/${tenantId}/${action}`, body);
  const eventsOf = async (userId: string, action: string) => {
    const rows = await platform.world.database.owner<{ body: { data: Record<string, unknown> } }>(
      'select body from events where target_id = $1 and action = $2 order by seq',
      [userId, action],
    );
    return rows.map(({ body }) => body.data);
  };
  const signIn = (email: string, password = testPassword) =>
    platform.caller().call('POST', '/api/public/sign-in', { email, password });

  it('a suspended person is out at once, told so only with the right password, and comes back', async () => {
    const owner = await platform.business();
    const member = await platform.colleague(owner.tenantId, 'member');
    const { userId, email } = (await member.call('GET', '/api/session')).body;
    assert.equal((await act(admin, userId, 'suspend', { reason: 'short' })).status, 422);
    assert.equal((await act(admin, userId, 'suspend')).body.changed, true);
    assert.equal((await member.call('GET', '/api/session')).status, 401);
    const [right, wrong] = [await signIn(email), await signIn(email, 'not the password at all')];
    assert.deepEqual(
      [right.status, right.body.code, wrong.status, wrong.body.code],
      [403, 'session.suspended', 401, 'session.wrong-credentials'],
    );
    const [ended] = await platform.world.database.owner<{ end_reason: string }>(
      'select end_reason from auth.sessions where user_id = $1 order by created_at desc limit 1',
      [userId],
    );
    assert.equal(ended?.end_reason, 'suspended');
    assert.equal((await act(admin, userId, 'suspend')).body.changed, false);
    assert.equal((await act(admin, userId, 'reactivate')).body.changed, true);
    assert.equal((await signIn(email)).status, 200);
    assert.deepEqual(await eventsOf(userId, 'user.suspended'), [
      { from: 'active', status: 'suspended', reason },
    ]);
    assert.equal((await eventsOf(userId, 'user.reactivated')).length, 1);
  });

  it('promotion and demotion count with the next request, and say from what to what', async () => {
    const owner = await platform.business();
    const member = await platform.colleague(owner.tenantId, 'member');
    const id = await idOf(member);
    const { partnerId } = await platform.partner();
    assert.equal((await act(admin, id, 'role', { role: 'partner' })).body.code, 'partner.not-found');
    assert.equal((await act(admin, id, 'role', { role: 'partner', partnerId })).status, 200);
    assert.equal((await member.call('GET', '/api/session')).body.role, 'partner');
    assert.equal((await act(admin, id, 'role', { role: 'superAdmin' })).status, 200);
    assert.equal((await member.call('GET', '/api/admin/runs')).status, 200);
    assert.equal((await act(admin, id, 'role', { role: 'client' })).status, 200);
    assert.equal((await member.call('GET', '/api/admin/runs')).status, 403);
    assert.equal((await member.call('GET', '/api/session')).body.role, 'member');
    const told = (await eventsOf(id, 'user.role-changed')).map(
      ({ from, role }) => `${String(from)} > ${String(role)}`,
    );
    assert.deepEqual(told, ['client > partner', 'partner > superAdmin', 'superAdmin > client']);
  });

  it('the own account, the last owner and the last super admin are kept', async () => {
    const owner = await platform.business();
    const own = await idOf(admin);
    const codes = [
      await act(admin, own, 'suspend'),
      await act(admin, own, 'role', { role: 'client' }),
      await act(admin, owner.userId, 'suspend'),
      await act(admin, owner.userId, 'role', { role: 'superAdmin' }),
      await inTenant(admin, owner.userId, owner.tenantId, 'role', { role: 'member' }),
      await inTenant(admin, owner.userId, owner.tenantId, 'suspend'),
    ].map(({ body }) => body.code);
    assert.deepEqual(codes, [
      ...['member.own-role', 'member.own-role', 'member.last-owner'],
      ...['member.last-owner', 'member.last-owner', 'member.last-owner'],
    ]);
  });

  it('two super admins who demote each other at the same moment leave one', async () => {
    const [one, other] = [await platform.admin(), await platform.admin()];
    const [oneId, otherId] = [await idOf(one), await idOf(other)];
    const sql = platform.world.database.owner;
    // No one else is left: the two are the last ones.
    await sql(`update users set status = 'suspended' where platform_role = 'superAdmin' and id <> all($1)`, [
      [oneId, otherId],
    ]);
    const answers = await Promise.all([
      act(one, otherId, 'role', { role: 'client' }),
      act(other, oneId, 'role', { role: 'client' }),
    ]);
    const left = await sql(
      `select id from users where platform_role = 'superAdmin' and status = 'active'`,
      [],
    );
    await sql(`update users set status = 'active' where platform_role = 'superAdmin'`, []);
    assert.equal(left.length, 1, JSON.stringify(answers.map(({ status }) => status)));
    assert.ok(answers.some(({ status, body }) => status === 409 && body.code === 'user.last-super-admin'));
  });

  it('two owners suspended and demoted at the same moment leave one who can act', async () => {
    const owner = await platform.business();
    const other = await platform.colleague(owner.tenantId, 'admin');
    const otherId = await idOf(other);
    await inTenant(admin, otherId, owner.tenantId, 'role', { role: 'owner' });
    const second = await platform.admin();
    const answers = await Promise.all([
      act(admin, owner.userId, 'suspend'),
      inTenant(second, otherId, owner.tenantId, 'role', { role: 'member' }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  });

  it('a suspended membership ends only that tenant, and only its own people or a super admin restore it', async () => {
    const [owner, elsewhere] = [await platform.business(), await platform.business()];
    const member = await platform.colleague(owner.tenantId, 'member');
    const { userId, email } = (await member.call('GET', '/api/session')).body;
    assert.equal((await inTenant(admin, userId, owner.tenantId, 'suspend')).body.changed, true);
    assert.equal((await member.call('GET', '/api/session')).status, 401);
    assert.equal((await signIn(email)).body.code, 'session.suspended');
    await platform.world.database.owner(
      `insert into memberships (tenant_id, user_id, role, created_at) values ($1, $2, 'member', '2020-01-01')`,
      [elsewhere.tenantId, userId],
    );
    const back = platform.caller();
    await back.call('POST', '/api/public/sign-in', { email, password: testPassword });
    assert.equal((await back.call('GET', '/api/session')).body.tenantId, elsewhere.tenantId);
    const own = await back.call('GET', '/api/session/businesses');
    assert.equal(own.body.items.length, 1);
    const switched = await back.call('POST', `/api/session/businesses/${owner.tenantId}/switch`, {});
    assert.equal(switched.status, 404);
    assert.equal((await inTenant(admin, userId, owner.tenantId, 'reactivate')).body.changed, true);
    assert.equal((await back.call('GET', '/api/session/businesses')).body.items.length, 2);
  });

  it('is refused to partners, to people of tenants and without a recent proof', async () => {
    const owner = await platform.business();
    const partner = await platform.partner();
    const member = await platform.colleague(owner.tenantId, 'member');
    const id = await idOf(member);
    const late = await platform.admin();
    await platform.world.database.owner(
      `update auth.sessions set verified_at = now() - interval '6 minutes' where user_id = $1`,
      [await idOf(late)],
    );
    const answers = [
      await act(partner, id, 'suspend'),
      await act(owner, id, 'role', { role: 'superAdmin' }),
      await act(late, id, 'suspend'),
    ];
    assert.deepEqual(
      answers.map(({ status, body }) => `${status} ${body.code}`),
      ['403 permission.denied', '403 permission.denied', '403 session.step-up-required'],
    );
    assert.equal((await member.call('GET', '/api/session')).status, 200);
  });

  it('a person’s page shows what was done to them, and its forms keep what was typed', async () => {
    const owner = await platform.business();
    const member = await platform.colleague(owner.tenantId, 'member');
    const id = await idOf(member);
    await inTenant(admin, id, owner.tenantId, 'features', { on: ['crm'] });
    const page = await admin.call('GET', `/admin/people/${id}`);
    for (const part of ['AI agents', 'Change account', `/memberships/${owner.tenantId}`])
      assert.ok(page.text.includes(part), part);
    const refused = await admin.form(`/admin/people/${id}/memberships/${owner.tenantId}/role`, {
      ...{ role: 'admin', reason: 'too short' },
    });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /too short/);
    const activity = await eventually(
      () => admin.call('GET', `/admin/people/${id}?tab=activity`),
      ({ text }) => text.includes('Features switched on or off'),
    );
    assert.ok(activity.text.includes(reason));
  });
});
