import assert from 'node:assert/strict';
import { testPassword, type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

describe('[USR-2] the team of a business', function () {
  this.timeout(240_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  let counter = 0;
  const newAddress = () => `team${(counter += 1)}.${process.pid}@example.com`;
  const idOf = async (caller: Caller) => (await caller.call('GET', '/api/session')).body.userId as string;
  const act = (caller: Caller, userId: string, action: string, body: object = {}) =>
    caller.call('POST', `/api/client/team/members/${userId}/${action}`, body);
  const rolesOf = async (caller: Caller) => {
    const { body } = await caller.call('GET', '/api/client/team');
    return Object.fromEntries(body.members.map((one: { id: string; role: string }) => [one.id, one.role]));
  };
  const linkIn = (text: string) => /accept\?token=([\w-]+)/.exec(text)?.[1] ?? '';
  const mailsOf = (email: string, count: number) =>
    eventually(
      () => platform.world.mails(email),
      (mails) => mails.length >= count,
    );
  const invite = async (owner: Caller, email: string) => {
    const { body, status, text } = await owner.call('POST', '/api/client/team/invitations', {
      email,
      role: 'member',
    });
    assert.equal(status, 201, text);
    return body.invitationId as string;
  };
  const actionsOn = async (tenantId: string) => {
    const rows = await platform.world.database.owner(
      `select action from events where tenant_id = $1 order by seq`,
      [tenantId],
    );
    return rows.map(({ action }) => String(action));
  };

  it('an invitation needs no name, in the form and in the API', async () => {
    const owner = await platform.business();
    const email = newAddress();
    const sent = await owner.form('/app/team/invitations', { email, name: '', role: 'member' });
    assert.deepEqual([sent.status, sent.headers.get('location')], [303, '/app/team']);
    const [mail] = await mailsOf(email, 1);
    assert.match(mail?.text ?? '', /^Hello,/m);
    await invite(owner, newAddress());
  });

  it('roles change, but not the own one, and only owners decide who owns', async () => {
    const owner = await platform.business();
    const admin = await platform.colleague(owner.tenantId, 'admin');
    const member = await platform.colleague(owner.tenantId, 'member');
    const [adminId, memberId] = [await idOf(admin), await idOf(member)];
    assert.equal((await act(admin, memberId, 'role', { role: 'admin' })).status, 200);
    assert.equal((await rolesOf(owner))[memberId], 'admin');
    const refused = [
      await act(owner, owner.userId, 'role', { role: 'member' }),
      await act(owner, owner.userId, 'remove'),
      await act(admin, owner.userId, 'role', { role: 'member' }),
      await act(admin, owner.userId, 'remove'),
      await act(admin, memberId, 'role', { role: 'owner' }),
    ];
    assert.deepEqual(
      refused.map(({ body }) => body.code),
      ['member.own-role', 'member.own-role', 'permission.denied', 'permission.denied', 'permission.denied'],
    );
    assert.deepEqual(await rolesOf(owner), {
      [owner.userId]: 'owner',
      [adminId]: 'admin',
      [memberId]: 'admin',
    });
    assert.ok((await actionsOn(owner.tenantId)).includes('membership.role-changed'));
  });

  it('two owners who demote each other at the same moment leave one owner', async () => {
    const owner = await platform.business();
    const other = await platform.colleague(owner.tenantId, 'admin');
    const otherId = await idOf(other);
    assert.equal((await act(owner, otherId, 'role', { role: 'owner' })).status, 200);
    const answers = await Promise.all([
      act(owner, otherId, 'role', { role: 'member' }),
      act(other, owner.userId, 'role', { role: 'member' }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 403]);
    assert.equal(Object.values(await rolesOf(owner)).filter((role) => role === 'owner').length, 1);
  });

  it('a removed member is out at once, told by mail, and can be invited and removed again', async () => {
    const owner = await platform.business();
    const email = newAddress();
    await invite(owner, email);
    const [mail] = await mailsOf(email, 1);
    const guest = platform.caller();
    const joined = await guest.call('POST', '/api/public/invitations/accept', {
      token: linkIn(mail?.text ?? ''),
      name: 'Ines',
      password: testPassword,
    });
    assert.equal(joined.status, 201, joined.text);
    const { userId } = joined.body;
    assert.equal((await act(owner, userId, 'remove')).status, 200);
    assert.equal((await guest.call('GET', '/api/session')).status, 401);
    assert.equal((await rolesOf(owner))[userId], undefined);
    const mails = await mailsOf(email, 2);
    assert.match(mails[0]?.subject ?? '', /no longer have access/);
    const actions = await actionsOn(owner.tenantId);
    assert.ok(actions.includes('membership.removed') && actions.includes('session.ended'), String(actions));
    assert.equal((await act(owner, userId, 'remove')).status, 404);
    const locked = await guest.call('POST', '/api/public/sign-in', { email, password: testPassword });
    assert.deepEqual([locked.status, locked.body.code], [403, 'session.no-access']);

    await invite(owner, email);
    const [again] = await mailsOf(email, 3);
    const back = await guest.call('POST', '/api/public/invitations/accept', {
      token: linkIn(again?.text ?? ''),
      password: testPassword,
    });
    assert.deepEqual([back.status, back.body.userId], [201, userId], back.text);
    assert.equal((await act(owner, userId, 'remove')).status, 200);
    assert.equal((await guest.call('GET', '/api/session')).status, 401);
  });

  it('what a person leaves goes to the heir: pending invitations and ownership, with a receipt', async () => {
    const owner = await platform.business();
    const heir = await platform.colleague(owner.tenantId, 'admin');
    const heirId = await idOf(heir);
    await invite(owner, newAddress());
    const admin = await platform.admin();
    const offboard = (body: object) =>
      admin.call('POST', `/api/admin/people/${owner.userId}/offboard`, { tenantId: owner.tenantId, ...body });
    const refused = await offboard({});
    assert.deepEqual([refused.status, refused.body.code], [409, 'member.last-owner']);
    assert.equal((await offboard({ heirId: owner.userId })).status, 404);
    assert.equal((await offboard({ heirId })).status, 200);
    assert.equal((await owner.call('GET', '/api/session')).status, 401);
    assert.equal((await rolesOf(heir))[heirId], 'owner');
    const { rows } = await eventually(
      async () => ({
        rows: await platform.world.database.owner(
          `select invited_by from invitations where tenant_id = $1 and status = 'pending'`,
          [owner.tenantId],
        ),
      }),
      (found) => found.rows[0]?.['invited_by'] === heirId,
    );
    assert.equal(rows.length, 1);
    const [{ email }] = (await platform.world.database.owner<{ email: string }>(
      `select email from users where id = (select actor_id from events where action = 'membership.removed' and tenant_id = $1)`,
      [owner.tenantId],
    )) as [{ email: string }];
    const [receipt] = await mailsOf(email, 1);
    assert.match(receipt?.text ?? '', /Pending invitations handed over: 1/);
  });

  it('a copied link works once, and the links before it no longer do', async () => {
    const owner = await platform.business();
    const email = newAddress();
    const id = await invite(owner, email);
    const [first] = await mailsOf(email, 1);
    const page = await owner.form(`/app/team/invitations/${id}/link`, {});
    assert.equal(page.status, 200);
    const link = linkIn(page.text);
    assert.ok(link);
    assert.ok(!(await owner.call('GET', '/app/team')).text.includes(link));
    const accept = (token: string) =>
      platform
        .caller()
        .call('POST', '/api/public/invitations/accept', { token, name: 'Ines', password: testPassword });
    assert.equal((await accept(linkIn(first?.text ?? ''))).body.code, 'invitation.ended');

    const key = crypto.randomUUID();
    const resend = () => owner.call('POST', `/api/client/team/invitations/${id}/resend`, { requestKey: key });
    assert.deepEqual([(await resend()).status, (await resend()).status], [200, 200]);
    const mails = await mailsOf(email, 2);
    assert.equal(mails.length, 2, 'the same request sends one email');
    assert.equal(linkIn(mails[0]?.text ?? ''), link, 'emails carry the current link');
    assert.equal((await accept(link)).status, 201);
    assert.equal((await accept(link)).body.code, 'invitation.ended');
    const actions = await actionsOn(owner.tenantId);
    assert.equal(actions.filter((action: string) => action === 'invitation.resent').length, 1);
    assert.ok(actions.includes('invitation.link-replaced'));
  });

  it('ownership is handed over once the name is typed, and both get an email', async () => {
    const owner = await platform.business();
    const admin = await platform.colleague(owner.tenantId, 'admin');
    const adminId = await idOf(admin);
    const path = `/app/team/members/${adminId}/transfer`;
    const wrong = await owner.form(path, { confirm: 'something else' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /exactly as shown/);
    const done = await owner.form(path, { confirm: owner.name });
    assert.equal(done.status, 303, done.text.slice(0, 300));
    assert.deepEqual(await rolesOf(owner), { [owner.userId]: 'admin', [adminId]: 'owner' });
    const session = await admin.call('GET', '/api/session');
    assert.equal(session.body.role, 'owner');
    const isHandover = ({ subject }: { subject: string }) => /now own|handed over/.test(subject);
    for (const email of [owner.email, session.body.email]) {
      const mails = await eventually(
        () => platform.world.mails(email),
        (all) => all.some(isHandover),
      );
      assert.equal(mails.filter(isHandover).length, 1);
    }
    assert.equal((await owner.form(path, { confirm: owner.name })).status, 403);
  });

  it('another business sees and changes none of it', async () => {
    const [owner, stranger] = [await platform.business(), await platform.business()];
    const member = await platform.colleague(owner.tenantId, 'member');
    const memberId = await idOf(member);
    const invitation = await invite(owner, newAddress());
    const answers = [
      await stranger.call('GET', `/app/team/members/${memberId}`),
      await act(stranger, memberId, 'role', { role: 'admin' }),
      await act(stranger, memberId, 'remove'),
      await act(stranger, memberId, 'transfer', { confirm: stranger.name }),
      await stranger.call('POST', `/api/client/team/invitations/${invitation}/link`, {}),
      await stranger.call('POST', `/api/client/team/invitations/${invitation}/resend`, {}),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [404, 404, 404, 404, 404, 404],
    );
    assert.equal((await rolesOf(owner))[memberId], 'member');
    assert.equal((await member.call('GET', '/api/session')).status, 200);
  });
});
