import assert from 'node:assert/strict';
import { type Platform, startPlatform, testPassword } from '../../../support/api.ts';
import { viewAs } from '../../../support/views.ts';

describe('[SEC-4] the Security Center', function () {
  this.timeout(60_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform({ worker: true });
  });
  after(() => platform.stop());

  const sql = (text: string, values: unknown[] = []) => platform.world.database.owner<any>(text, values);
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

  async function onPhone(email: string) {
    const caller = platform.caller();
    await caller.call(
      'POST',
      '/api/public/sign-in',
      { email, password: testPassword },
      { 'user-agent': phone },
    );
    return caller;
  }

  it('lists the own devices in words, ends one at once, and keeps it visible with the reason', async () => {
    const owner = await platform.business();
    const other = await onPhone(owner.email);
    const { body } = await owner.call('GET', '/api/client/sessions');
    assert.deepEqual(body.items.map(({ device, current, open }: any) => [device, current, open]).sort(), [
      ['Node.js', true, true],
      ['Safari on iPhone', false, true],
    ]);
    const { id } = body.items.find(({ current }: any) => !current);
    assert.equal((await owner.call('POST', `/api/client/sessions/${id}/revoke`, {})).status, 200);
    assert.equal((await other.call('GET', '/api/session')).status, 401);
    assert.equal((await owner.call('POST', `/api/client/sessions/${id}/revoke`, {})).status, 404);
    const after = await owner.call('GET', '/api/client/sessions');
    const ended = after.body.items.find((one: any) => one.id === id);
    assert.deepEqual([ended.open, ended.endReason], [false, 'Signed out from another device']);
    const page = await owner.call('GET', '/account/security');
    assert.match(page.text, /Safari on iPhone/);
    assert.match(page.text, /Signed out from another device/);
    assert.match(page.text, /Sessions ended/);
  });

  it('ends all others, and never another person’s', async () => {
    const [owner, stranger] = [await platform.business(), await platform.business()];
    const others = [await onPhone(owner.email), await onPhone(owner.email)];
    const answer = await owner.call('POST', '/api/client/sessions/revoke-others', {});
    assert.deepEqual(answer.body, { ended: 2 });
    for (const one of others) assert.equal((await one.call('GET', '/api/session')).status, 401);
    assert.equal((await owner.call('GET', '/api/session')).status, 200);
    const [{ id }] = await sql(`select id from auth.sessions where user_id = $1`, [stranger.userId]);
    assert.equal((await owner.call('POST', `/api/client/sessions/${id}/revoke`, {})).status, 404);
    assert.equal((await stranger.call('GET', '/api/session')).status, 200);
    const listed = await owner.call('GET', '/api/client/sessions');
    assert.ok(!listed.text.includes(id));
  });

  it('is there for administrators and partners alike', async () => {
    for (const caller of [await platform.admin(), await platform.partner()]) {
      const page = await caller.call('GET', '/account/security');
      assert.equal(page.status, 200);
      assert.match(page.text, /Second factor/);
      assert.match(page.text, /Signed in/);
      assert.equal((await caller.call('POST', '/api/client/sessions/revoke-others', {})).status, 200);
    }
  });

  it('names an administrator who ended a session or views, without where that person is', async () => {
    const owner = await platform.business();
    await onPhone(owner.email);
    const admin = await platform.admin();
    const { body: who } = await admin.call('GET', '/api/session');
    await sql(
      `update auth.sessions set ended_at = now(), ended_by = $2, end_reason = 'revoked'
       where user_id = $1 and user_agent like '%iPhone%'`,
      [owner.userId, who.userId],
    );
    const { body } = await owner.call('GET', '/api/client/sessions');
    const ended = body.items.find(({ open }: any) => !open);
    assert.deepEqual([ended.endedBy, ended.endReason], ['Staff', 'Ended by an administrator']);
    await viewAs(admin, owner.userId);
    const { items } = (await owner.call('GET', '/api/client/sessions')).body;
    assert.deepEqual(
      items.filter(({ view }: any) => view).map(({ ip }: any) => ip),
      [null],
    );
  });
});
