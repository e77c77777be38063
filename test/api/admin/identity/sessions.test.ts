import assert from 'node:assert/strict';
import { adminIdleMinutes, idleMinutes } from '../../../../db/domain/identity/settings.ts';
import * as settingValues from '../../../../db/repos/settings/values.ts';
import { callerOf, type Caller, type Platform, startPlatform, testPassword } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

const reason = 'Laptop was stolen, asked for on the phone';

describe('[SEC-3] sessions of other people', function () {
  this.timeout(120_000);
  let platform: Platform;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  async function signIn(email: string): Promise<Caller> {
    const caller = platform.caller();
    const answer = await caller.call('POST', '/api/public/sign-in', { email, password: testPassword });
    assert.equal(answer.status, 200, answer.text);
    return caller;
  }
  const status = async (caller: Caller) => (await caller.call('GET', '/api/session')).status;
  const sessionsOf = async (userId: string) =>
    (await admin.call('GET', `/api/admin/people/${userId}/sessions`)).body.items;
  const revoke = (userId: string, body: object) =>
    admin.call('POST', `/api/admin/people/${userId}/sessions/revoke`, { reason, ...body });

  it('are listed with device, place and times, ended one by one, and stay visible with who, when and why', async () => {
    const owner = await platform.business();
    const second = await signIn(owner.email);
    const [open, other] = await sessionsOf(owner.userId);
    assert.deepEqual([open.endedAt, other.endedAt, open.ip !== null], [null, null, true]);
    assert.equal((await revoke(owner.userId, { sessionId: open.id })).body.ended, 1);
    assert.deepEqual([await status(second), await status(owner)], [401, 200]);
    const [left, ended] = await sessionsOf(owner.userId);
    assert.deepEqual([left.id, ended.id, ended.endedBy], [other.id, open.id, 'Staff']);
    assert.match(ended.ended, /administrator/);
    const again = await revoke(owner.userId, { sessionId: open.id });
    assert.deepEqual([again.status, again.body.code], [404, 'session.not-found']);
    const mails = await eventually(
      () => platform.world.mails(owner.email),
      (found) => found.some(({ subject }) => subject?.includes('signed out')),
    );
    assert.equal(mails.filter(({ subject }) => subject?.includes('signed out')).length, 1);
  });

  it('a session of someone else cannot be ended through another person', async () => {
    const [one, two] = [await platform.business(), await platform.business()];
    const [session] = await sessionsOf(one.userId);
    assert.equal((await revoke(two.userId, { sessionId: session.id })).status, 404);
    assert.equal(await status(one), 200);
  });

  it('are refused within a second on every API process, and a repeated request ends nothing again', async () => {
    const second = await platform.secondApi();
    const owner = await platform.business();
    const elsewhere = callerOf(second.url);
    for (const [name, value] of owner.cookies) elsewhere.cookies.set(name, value);
    assert.equal(await status(elsewhere), 200);
    const requestKey = crypto.randomUUID();
    const first = await revoke(owner.userId, { requestKey });
    const endedMs = Date.now();
    assert.deepEqual([await status(elsewhere), await status(owner)], [401, 401]);
    assert.ok(Date.now() - endedMs < 1_000, 'the first request after the answer is refused on both');
    assert.deepEqual((await revoke(owner.userId, { requestKey })).body, first.body);
    const events = await platform.world.database.owner(
      `select 1 from events where action = 'session.revoked' and tenant_id = $1`,
      [owner.tenantId],
    );
    assert.equal(events.length, 1);
    await second.stop();
  });

  it('of a whole tenant end together, and of no other', async () => {
    const [owner, bystander] = [await platform.business(), await platform.business()];
    const colleague = await platform.colleague(owner.tenantId, 'member');
    const page = await admin.call('GET', `/admin/tenants/${owner.tenantId}?tab=sessions`);
    assert.match(page.text, /Sign everyone out/);
    const { body, status: answered } = await admin.call(
      'POST',
      `/api/admin/tenants/${owner.tenantId}/sessions/revoke`,
      { reason },
    );
    assert.deepEqual([answered, body.ended], [200, 2]);
    assert.deepEqual(await Promise.all([owner, colleague, bystander].map(status)), [401, 401, 200]);
  });

  it('a forced new password lets the old one open nothing but the way to choose another', async () => {
    const owner = await platform.business();
    const path = `/api/admin/people/${owner.userId}/force-password-reset`;
    assert.equal((await admin.call('POST', path, { reason: 'short' })).status, 422);
    assert.equal((await admin.call('POST', path, { reason })).status, 200);
    assert.equal(await status(owner), 401);
    const again = await signIn(owner.email);
    const refused = await again.call('GET', '/api/client/team');
    assert.deepEqual([refused.status, refused.body.code], [403, 'session.must-change-password']);
  });

  it('are for super admins only, and each refusal is recorded', async () => {
    const owner = await platform.business();
    const partner = await platform.partner();
    for (const caller of [owner, partner]) {
      const path = `/api/admin/people/${owner.userId}/sessions/revoke`;
      assert.equal((await caller.call('POST', path, { reason })).status, 403);
      assert.equal((await caller.call('GET', `/api/admin/people/${owner.userId}/sessions`)).status, 403);
    }
    assert.equal(await status(owner), 200);
  });

  it('end when left alone or too old, by what the business and the platform set, on the next request', async () => {
    const owner = await platform.business();
    const { database } = platform.world;
    const idle = (minutes: number) =>
      database.owner(
        `update auth.sessions set last_seen_at = now() - $2 * interval '1 minute' where user_id = $1`,
        [owner.userId, minutes],
      );
    const set = (value: number | undefined) =>
      database.db.inScope(
        { visibility: 'platform', by: { actor: { type: 'system', id: 'test' }, context: {} } },
        (tx) => settingValues.set(tx, idleMinutes, { level: 'tenant', id: owner.tenantId }, value),
      );
    await idle(59);
    assert.equal(await status(owner), 200, 'seen: the idle time starts again');
    await idle(20);
    await set(15);
    assert.equal(await status(owner), 401);
    await set(undefined);
    assert.equal(await status(owner), 200);
    await database.owner(
      `update auth.sessions set created_at = now() - interval '25 hours' where user_id = $1`,
      [owner.userId],
    );
    assert.equal(await status(owner), 401);
    assert.equal(adminIdleMinutes.default < idleMinutes.default, true);
    const late = await platform.admin();
    await database.owner(
      `update auth.sessions s set last_seen_at = now() - interval '31 minutes'
       from users u where u.id = s.user_id and u.platform_role = 'superAdmin' and s.created_at > now() - interval '2 seconds'`,
    );
    assert.equal(await status(late), 401);
  });
});
