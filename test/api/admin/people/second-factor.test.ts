import assert from 'node:assert/strict';
import { tokenHash } from '../../../../db/auth/sessions.ts';
import { type Caller, type Platform, startPlatform, testPassword } from '../../../support/api.ts';
import { enrol } from '../../../support/second-factor.ts';
import { secondFactorRemove } from '../../../../workers/commands/second-factor-remove.ts';
import { eventually } from '../../../support/world.ts';

const reason = 'Phone and backup codes are lost, called back on the known number';

describe('[SEC-3] [SEC-4] a lost second factor', function () {
  this.timeout(120_000);
  let platform: Platform;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const idOf = async (caller: Caller) => (await caller.call('GET', '/api/session')).body.userId as string;
  const remove = (by: Caller, userId: string, body: object = { reason }) =>
    by.call('POST', `/api/admin/people/${userId}/second-factor/remove`, body);
  const sql = (text: string, values: unknown[]) => platform.world.database.owner<any>(text, values);
  const factorsOf = async (userId: string) =>
    (await sql('select 1 from auth.second_factors where user_id = $1', [userId])).length;

  it('is removed by an administrator: sessions end, the password opens, the person is told and it is recorded', async () => {
    const owner = await platform.business();
    const { backupCodes } = await enrol(owner);
    const page = await admin.call('GET', `/admin/people/${owner.userId}?tab=security`);
    assert.match(page.text, /Remove second factor…/);
    assert.deepEqual((await remove(admin, owner.userId)).body, { ended: 1 });
    assert.equal((await owner.call('GET', '/api/session')).status, 401);
    const device = platform.caller();
    const { email } = owner;
    const signedIn = await device.call('POST', '/api/public/sign-in', { email, password: testPassword });
    assert.equal(signedIn.status, 200, signedIn.text);
    const old = await sql('select 1 from auth.backup_codes where user_id = $1', [owner.userId]);
    assert.deepEqual([backupCodes.length, old.length], [10, 0]);
    const [event, ...more] = await sql(
      `select tenant_id, actor_id, body from events where target_id = $1 and action = 'second-factor.reset'`,
      [owner.userId],
    );
    assert.deepEqual(
      [event.tenant_id, event.actor_id, event.body.data, more.length],
      [owner.tenantId, await idOf(admin), { reason, sessions: 1 }, 0],
    );
    await eventually(
      () => platform.world.mails(email),
      (found) => found.some(({ subject }) => subject === 'An administrator removed your second factor'),
    );
    const own = await device.call('GET', '/account/security');
    assert.match(own.text, /Second factor removed by an administrator/);
    const again = await remove(admin, owner.userId);
    assert.deepEqual([again.status, again.body.code], [409, 'second-factor.missing']);
  });

  it('is never removed of oneself or of an equal, without a reason, or by anyone else', async () => {
    const [equal, owner, partner] = [
      await platform.admin(),
      await platform.business(),
      await platform.partner(),
    ];
    for (const person of [admin, equal, owner]) await enrol(person);
    for (const person of [admin, equal]) {
      const userId = await idOf(person);
      const refused = await remove(admin, userId);
      assert.deepEqual([refused.status, refused.body.code], [409, 'second-factor.target-refused']);
      assert.equal(await factorsOf(userId), 1);
      const page = await admin.call('GET', `/admin/people/${userId}?tab=security`);
      assert.doesNotMatch(page.text, /Remove second factor…/);
    }
    assert.equal((await remove(admin, owner.userId, { reason: 'lost' })).status, 422);
    for (const other of [partner, owner]) assert.equal((await remove(other, owner.userId)).status, 403);
    const token = tokenHash(admin.cookies.get('bizosaas.session_token') ?? '');
    await sql(`update auth.sessions set verified_at = now() - interval '10 minutes' where token_hash = $1`, [
      token,
    ]);
    const unproven = await remove(admin, owner.userId);
    assert.deepEqual([unproven.status, unproven.body.code], [403, 'session.step-up-required']);
    assert.equal(await factorsOf(owner.userId), 1);
  });

  it('a form without a reason comes back with its dialog, at its tab', async () => {
    const [fresh, owner] = [await platform.admin(), await platform.business()];
    await enrol(owner);
    const path = `/admin/people/${owner.userId}/second-factor/remove`;
    const refused = await fresh.form(path, { reason: 'lost' });
    assert.equal(refused.status, 422, refused.text.slice(0, 300));
    assert.match(refused.text, /<dialog[^>]*id="remove-second-factor"[^>]*open/);
    assert.equal((await fresh.form(path, { reason })).status, 303);
    assert.equal(await factorsOf(owner.userId), 0);
    const twice = await fresh.form(path, { reason });
    assert.equal(twice.status, 409);
    assert.match(twice.text, /This person has no second factor\./);
  });

  it('is removed on the server where the only super admin is locked out', async () => {
    const last = await platform.admin();
    await enrol(last);
    const { email, userId } = (await last.call('GET', '/api/session')).body;
    const said: string[] = [];
    const context = {
      say: (line: string) => void said.push(line),
      platform: async () => ({ config: platform.world.config, db: platform.world.database.db }),
    };
    const run = (...args: string[]) => secondFactorRemove.run(context, args);
    assert.equal(await run(email), 2, 'without a reason');
    assert.equal(await run('unknown@example.com', '--reason', reason), 2);
    assert.equal(await factorsOf(userId), 1);
    assert.equal(await run(email, '--reason', reason), 0);
    assert.equal(await run(email, '--reason', reason), 0);
    assert.deepEqual(said.slice(2), [
      `The second factor of ${email} is removed; 1 session has ended.`,
      `${email} has no second factor: the password is enough to sign in.`,
    ]);
    assert.equal((await last.call('GET', '/api/session')).status, 401);
    const events = await sql(
      `select body from events where target_id = $1 and action = 'second-factor.reset'`,
      [userId],
    );
    assert.deepEqual(
      events.map(({ body }) => [body.actor.id, body.data]),
      [['command-line', { reason, sessions: 1 }]],
    );
  });
});
