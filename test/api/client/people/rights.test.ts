import assert from 'node:assert/strict';
import { newId } from '../../../../db/domain/ids.ts';
import { callToolContract } from '../../../../workflows/integrations/call-tool.contract.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { connectTenant, json, standIn, stubVendor } from '../../../support/tools.ts';

const reason = 'Agreed in the weekly round';

describe('[USR-2] [USR-3] custom roles, features and access in a team', function () {
  this.timeout(120_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  const idOf = async (caller: Caller) => (await caller.call('GET', '/api/session')).body.userId as string;
  const act = (by: Caller, userId: string, action: string, body: object = {}) =>
    by.call('POST', `/api/client/team/members/${userId}/${action}`, body);
  const features = ['ai', 'analytics', 'billing', 'crm', 'integrations', 'website'];
  const without = (...off: string[]) => ({ on: features.filter((one) => !off.includes(one)) });
  const makeRole = (by: Caller, body: object) =>
    by.call('POST', '/api/client/roles', { name: 'Bookkeeper', baseRole: 'admin', permissions: [], ...body });

  it('a custom role narrows at once, is refused to grow beyond its base, and is kept while it is used', async () => {
    const owner = await platform.business();
    const admin = await platform.colleague(owner.tenantId, 'admin');
    const adminId = await idOf(admin);
    assert.equal((await admin.call('GET', '/api/client/team')).status, 200);
    assert.equal((await makeRole(admin, {})).status, 403, 'only owners make roles');
    const beyond = await makeRole(owner, { baseRole: 'member', permissions: ['billing.read'] });
    assert.equal(beyond.status, 422);
    assert.match(JSON.stringify(beyond.body), /doesn’t allow this/);
    for (const permission of ['people.manage', 'team.transfer', 'no.such'])
      assert.equal((await makeRole(owner, { permissions: [permission] })).status, 422, permission);
    const made = await makeRole(owner, { permissions: ['billing.read'] });
    assert.equal(made.status, 201, made.text);
    assert.equal((await makeRole(owner, { permissions: [] })).body.code, 'role.name-taken');
    const { id } = made.body;
    assert.equal((await act(owner, adminId, 'role', { role: id })).status, 200);
    const allowed = async () => [
      (await admin.call('GET', '/api/client/team')).status,
      (await admin.call('GET', '/app/billing')).status,
      (await act(admin, owner.userId, 'remove')).status,
    ];
    assert.deepEqual(await allowed(), [403, 200, 403]);
    assert.ok(
      !(await admin.call('GET', '/app/billing')).text.includes('href="/app/team"'),
      'nor in the navigation',
    );

    const kept = await owner.call('DELETE', `/api/client/roles/${id}`);
    assert.deepEqual([kept.status, kept.body.code], [409, 'role.in-use']);
    assert.match(kept.body.detail ?? kept.text, /Colin Colleague/);
    const changed = await owner.call('PUT', `/api/client/roles/${id}`, {
      ...{ name: 'Assistant', baseRole: 'admin', permissions: ['team.read'] },
    });
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual(await allowed(), [200, 403, 403]);
    assert.equal((await act(owner, adminId, 'role', { role: 'admin' })).status, 200);
    assert.deepEqual(await allowed(), [200, 200, 403]);
    assert.equal((await owner.call('DELETE', `/api/client/roles/${id}`)).status, 200);
    const rows = await platform.world.database.owner<{ body: { action: string; data: object } }>(
      `select body from events where tenant_id = $1 and action like '%role%' order by seq`,
      [owner.tenantId],
    );
    assert.deepEqual(
      rows.map(({ body }) => body.action),
      [
        ...['role.created', 'membership.role-changed', 'role.changed'],
        ...['membership.role-changed', 'role.deleted'],
      ],
    );
  });

  it('no one gives what they don’t have themselves', async () => {
    const owner = await platform.business();
    const [admin, member] = [
      await platform.colleague(owner.tenantId, 'admin'),
      await platform.colleague(owner.tenantId, 'member'),
    ];
    const [adminId, memberId] = [await idOf(admin), await idOf(member)];
    const { body: role } = await makeRole(owner, {
      ...{ name: 'Lead', permissions: ['team.read', 'team.manage', 'team.invite'] },
    });
    assert.equal((await act(owner, adminId, 'role', { role: role.id })).status, 200);
    assert.equal((await act(admin, memberId, 'role', { role: 'admin' })).body.code, 'role.beyond-own');
    assert.equal((await act(owner, memberId, 'features', without('integrations'))).status, 200);
    assert.equal((await act(admin, memberId, 'features', without())).body.code, 'role.beyond-own');
    assert.equal((await act(admin, memberId, 'features', without('integrations', 'ai'))).status, 200);
    assert.equal((await act(admin, memberId, 'role', { role: role.id })).status, 200);
  });

  it('a feature that is off is gone from the API, the pages and the navigation', async () => {
    const owner = await platform.business();
    const admin = await platform.colleague(owner.tenantId, 'admin');
    const adminId = await idOf(admin);
    const seen = async () => [
      (await admin.call('GET', '/api/client/connections')).status,
      (await admin.call('GET', '/app/billing')).status,
      (await admin.call('GET', '/app/team')).text.includes('href="/app/billing"'),
    ];
    const before = await seen();
    assert.equal((await act(owner, adminId, 'features', without('billing', 'integrations'))).status, 200);
    const after = await seen();
    assert.deepEqual(after.slice(1), [403, false]);
    assert.notDeepEqual(after, before);
    assert.equal((await act(owner, adminId, 'features', without())).status, 200);
    assert.deepEqual(await seen(), before);
  });

  it('only people below: no admin switches off or suspends admins and owners, and no one themselves', async () => {
    const owner = await platform.business();
    const [admin, peer] = [
      await platform.colleague(owner.tenantId, 'admin'),
      await platform.colleague(owner.tenantId, 'admin'),
    ];
    const member = await platform.colleague(owner.tenantId, 'member');
    const [adminId, peerId, memberId] = [await idOf(admin), await idOf(peer), await idOf(member)];
    const codes = [
      await act(admin, peerId, 'suspend', { reason }),
      await act(admin, owner.userId, 'suspend', { reason }),
      await act(admin, peerId, 'features', without('ai')),
      await act(admin, adminId, 'suspend', { reason }),
      await act(owner, owner.userId, 'suspend', { reason }),
    ].map(({ body }) => body.code);
    assert.deepEqual(codes, [
      ...['permission.denied', 'permission.denied', 'permission.denied'],
      ...['member.own-role', 'member.own-role'],
    ]);
    assert.equal((await act(admin, memberId, 'suspend', { reason })).status, 200);
    assert.equal((await member.call('GET', '/api/session')).status, 401);
    assert.match((await owner.call('GET', '/app/team')).text, /Suspended/);
    assert.equal((await act(admin, memberId, 'reactivate', { reason })).status, 200);
  });

  it('a tool call for a person who may not use tools is refused by the gateway itself', async () => {
    const { world, processes } = platform;
    const vendor = await stubVendor();
    vendor.answer((_request, response) => json(response, 200, { available: [], pending: [] }));
    standIn(world, 'stripe', vendor.url);
    const owner = await platform.business();
    await connectTenant(world.deps, owner.tenantId, 'stripe', { apiKey: 'rk_test_rights' });
    const member = await platform.colleague(owner.tenantId, 'admin');
    const actor = { type: 'user' as const, id: await idOf(member) };
    // Past the API, as a run that was started before, or an agent that acts for a person, would.
    const call = async () => {
      const input = {
        ...{ tenantId: owner.tenantId, callId: newId('call'), actor },
        ...{ server: 'stripe', tool: 'stripe_get_balance', arguments: {} },
      };
      const answer = await processes.startWithUpdate(callToolContract, input, actor, 'answer', null);
      return answer.status === 'failed' ? answer.error.code : answer.status;
    };
    assert.equal(await call(), 'done');
    await act(owner, actor.id, 'features', without('integrations'));
    assert.equal(await call(), 'tool.not-allowed');
    await act(owner, actor.id, 'features', without());
    const { body: role } = await makeRole(owner, { permissions: ['tools.read'] });
    await act(owner, actor.id, 'role', { role: role.id });
    assert.equal(await call(), 'tool.not-allowed');
    await act(owner, actor.id, 'role', { role: 'admin' });
    await act(owner, actor.id, 'suspend', { reason });
    assert.equal(await call(), 'tool.not-allowed');
    await act(owner, actor.id, 'reactivate', { reason });
    assert.equal(await call(), 'done');
    await vendor.close();
  });

  it('another business reaches none of the roles', async () => {
    const [owner, stranger] = [await platform.business(), await platform.business()];
    const member = await platform.colleague(owner.tenantId, 'member');
    const { body: foreign } = await makeRole(stranger, {});
    const answers = [
      await act(owner, await idOf(member), 'role', { role: foreign.id }),
      await owner.call('DELETE', `/api/client/roles/${foreign.id}`),
      await owner.call('GET', `/app/team/roles/${foreign.id}`),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [404, 404, 404],
    );
  });
});
