import assert from 'node:assert/strict';
import { type Platform, startPlatform, testPassword } from '../../support/api.ts';
import { eventually } from '../../support/world.ts';

describe('[USR-2] [WF-6] invitations', function () {
  this.timeout(90_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  type Owner = Awaited<ReturnType<Platform['business']>>;
  const invite = (owner: Owner, email: string, role = 'member') =>
    owner.call('POST', '/api/client/team/invitations', { email, name: 'Ines Invited', role });
  const tokenFor = async (email: string) => {
    const [mail] = await eventually(
      () => platform.world.mails(email),
      (mails) => mails.length > 0,
    );
    return /accept\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  };

  it('a person is invited by mail, joins with an own password, and is in the team', async () => {
    const owner = await platform.business();
    const email = 'ines1@example.com';
    assert.equal((await invite(owner, email)).status, 201);
    const token = await tokenFor(email);
    const guest = platform.caller();
    const page = await guest.call('GET', `/invitations/accept?token=${token}`);
    assert.ok(page.text.includes(owner.name));
    const accepted = await guest.call('POST', '/api/public/invitations/accept', {
      token,
      name: 'Ines',
      password: testPassword,
    });
    assert.equal(accepted.status, 201, accepted.text);
    const session = await guest.call('GET', '/api/session');
    assert.deepEqual([session.body.tenantId, session.body.role], [owner.tenantId, 'member']);
    const team = await owner.call('GET', '/api/client/team');
    assert.deepEqual(
      team.body.members.map((member: { role: string }) => member.role),
      ['owner', 'member'],
    );
    assert.deepEqual(team.body.invitations, []);
    const again = await platform
      .caller()
      .call('POST', '/api/public/invitations/accept', { token, name: 'Eve', password: testPassword });
    assert.deepEqual([again.status, again.body.code], [410, 'invitation.ended']);
  });

  it('409: no one is invited twice, and members aren’t invited', async () => {
    const owner = await platform.business();
    await invite(owner, 'ines2@example.com');
    const twice = await invite(owner, 'ines2@example.com');
    assert.deepEqual(
      [twice.status, twice.body.code, Object.keys(twice.body.fields)],
      [409, 'invitation.pending', ['email']],
    );
    const member = await invite(owner, owner.email);
    assert.deepEqual([member.status, member.body.code], [409, 'user.already-member']);
  });

  it('a withdrawn invitation is over: its link opens nothing', async () => {
    const owner = await platform.business();
    const { body } = await invite(owner, 'ines3@example.com');
    const token = await tokenFor('ines3@example.com');
    const withdrawn = await owner.call(
      'POST',
      `/api/client/team/invitations/${body.invitationId}/withdraw`,
      {},
    );
    assert.equal(withdrawn.status, 200);
    const accepted = await platform
      .caller()
      .call('POST', '/api/public/invitations/accept', { token, name: 'Ines', password: testPassword });
    assert.deepEqual([accepted.status, accepted.body.code], [410, 'invitation.ended']);
    const again = await owner.call('POST', `/api/client/team/invitations/${body.invitationId}/withdraw`, {});
    assert.deepEqual([again.status, again.body.code], [409, 'run.ended']);
  });

  it('ownership can’t be granted by invitation, and members can’t invite', async () => {
    const owner = await platform.business();
    assert.equal((await invite(owner, 'ines4@example.com', 'owner')).status, 422);
    const member = await platform.colleague(owner.tenantId, 'member');
    const answer = await member.call('POST', '/api/client/team/invitations', {
      email: 'x@example.com',
      name: 'X',
      role: 'member',
    });
    assert.deepEqual([answer.status, answer.body.code], [403, 'permission.denied']);
  });
});
