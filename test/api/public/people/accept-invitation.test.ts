import assert from 'node:assert/strict';
import { testPassword, type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

describe('[USR-2] an invitation of a person who has an account', function () {
  this.timeout(180_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  const invite = async (owner: Caller, email: string) => {
    const sent = await owner.call('POST', '/api/client/team/invitations', { email, role: 'member' });
    assert.equal(sent.status, 201, sent.text);
    const isInvitation = ({ text }: { text: string }) => text.includes('/invitations/accept');
    const mails = await eventually(
      () => platform.world.mails(email),
      (all) => all.some(isInvitation),
    );
    const texts = mails.filter(isInvitation).map(({ text }) => text);
    return /accept\?token=([\w-]+)/.exec(texts[0] ?? '')?.[1] ?? '';
  };
  const pageOf = (caller: Caller, token: string) => caller.call('GET', `/invitations/accept?token=${token}`);
  const tenantOf = async (caller: Caller) => (await caller.call('GET', '/api/session')).body.tenantId;

  it('joins with the account that is signed in, keeps the first business, and switches between them', async () => {
    const [first, second] = [await platform.business(), await platform.business()];
    const elsewhere = platform.caller();
    await elsewhere.call('POST', '/api/public/sign-in', { email: first.email, password: testPassword });
    const token = await invite(second, first.email);
    const page = await pageOf(first, token);
    assert.match(page.text, /join with the account/);
    assert.doesNotMatch(page.text, /type="password"/);
    const joined = await first.form('/invitations/accept', { token });
    assert.deepEqual(
      [joined.status, joined.headers.get('location')],
      [303, '/app'],
      joined.text.slice(0, 300),
    );
    assert.equal(await tenantOf(first), second.tenantId);
    assert.equal(await tenantOf(elsewhere), first.tenantId, 'another session stays where it is');
    const own = await first.call('GET', '/api/session/businesses');
    assert.deepEqual(
      own.body.items.map(({ id, role }: { id: string; role: string }) => [id, role]).sort(),
      [
        [first.tenantId, 'owner'],
        [second.tenantId, 'member'],
      ].sort(),
    );
    const back = await first.form(`/businesses/${first.tenantId}`, {});
    assert.equal(back.status, 303);
    assert.equal(await tenantOf(first), first.tenantId);
    const stranger = await platform.business();
    assert.equal((await first.form(`/businesses/${stranger.tenantId}`, {})).status, 404);
    assert.equal(await tenantOf(first), first.tenantId);

    const removed = await second.call('POST', `/api/client/team/members/${first.userId}/remove`, {});
    assert.equal(removed.status, 200, removed.text);
    assert.equal(await tenantOf(first), first.tenantId, 'sessions in the other business stay');
  });

  it('asks for the password of the account, and for that one only', async () => {
    const [guest, owner] = [await platform.business(), await platform.business()];
    const token = await invite(owner, guest.email);
    const visitor = platform.caller();
    assert.match((await pageOf(visitor, token)).text, /already has an account/);
    const accept = (password?: string) =>
      visitor.call('POST', '/api/public/invitations/accept', { token, ...(password && { password }) });
    const [none, wrong] = [await accept(), await accept('not the password at all')];
    assert.deepEqual([none.body.code, wrong.body.code], ['user.email-taken', 'session.wrong-credentials']);
    const own = await platform.world.database.owner('select tenant_id from memberships where user_id = $1', [
      guest.userId,
    ]);
    assert.deepEqual(own, [{ tenant_id: guest.tenantId }], 'nothing happened at a wrong password');
    assert.equal(await tenantOf(guest), guest.tenantId);
    const right = await accept(testPassword);
    assert.deepEqual([right.status, right.body.userId], [201, guest.userId], right.text);
    assert.equal(await tenantOf(visitor), owner.tenantId);
  });

  it('changes nothing when it is looked at, nor at a wrong password of who is signed in (b09, b10)', async () => {
    const [guest, owner] = [await platform.business(), await platform.business()];
    const token = await invite(owner, guest.email);
    for (const who of [platform.caller(), guest]) {
      const head = await who.call('HEAD', `/invitations/accept?token=${token}`);
      assert.deepEqual([head.status, head.text], [200, '']);
      assert.equal((await pageOf(who, token)).status, 200);
    }
    const accept = (password?: string) =>
      guest.call('POST', '/api/public/invitations/accept', { token, name: 'Some One', password });
    const wrong = await accept('not the password at all');
    assert.deepEqual([wrong.status, wrong.body.code], [401, 'session.wrong-credentials']);
    assert.equal(await tenantOf(guest), guest.tenantId);
    const right = await accept(testPassword);
    assert.equal(right.status, 201, right.text);
    const both = await guest.call('GET', '/api/session/businesses');
    assert.equal(both.body.items.length, 2);
  });

  it('does not join with another account, nor with one of the platform', async () => {
    const [owner, other] = [await platform.business(), await platform.business()];
    const token = await invite(owner, `no.one.${process.pid}@example.com`);
    assert.match((await pageOf(other, token)).text, /signed in as/);
    const refused = await other.call('POST', '/api/public/invitations/accept', { token });
    assert.deepEqual([refused.status, refused.body.code], [409, 'invitation.other-account']);

    const staff = await platform.admin();
    const { email } = (await staff.call('GET', '/api/session')).body;
    const forStaff = await invite(owner, email);
    assert.match((await pageOf(platform.caller(), forStaff)).text, /manages the platform/);
    const never = await staff.call('POST', '/api/public/invitations/accept', { token: forStaff });
    assert.deepEqual([never.status, never.body.code], [409, 'user.platform-account']);
  });
});
