import assert from 'node:assert/strict';
import { tokenHash } from '../../../../db/auth/sessions.ts';
import { type Caller, type Platform, startPlatform, testPassword } from '../../../support/api.ts';
import { codeOf, enrol } from '../../../support/second-factor.ts';
import { eventually } from '../../../support/world.ts';

type Owner = Awaited<ReturnType<Platform['business']>>;

describe('an account with a second factor', function () {
  this.timeout(60_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  describe('[SEC-1] [SEC-4] the second factor', () => {
    const sql = (text: string, values: unknown[] = []) => platform.world.database.owner<any>(text, values);
    const password = (caller: Caller, { email }: Pick<Owner, 'email'>) =>
      caller.call('POST', '/api/public/sign-in', { email, password: testPassword });
    const code = (caller: Caller, typed: string) =>
      caller.call('POST', '/api/public/sign-in/code', { code: typed });
    /** As if the last proof were ten minutes old. */
    const forgetProof = (caller: Caller) =>
      sql(`update auth.sessions set verified_at = now() - interval '10 minutes' where token_hash = $1`, [
        tokenHash(caller.cookies.get('bizosaas.session_token') ?? ''),
      ]);

    it('is asked for after the right password, which alone opens nothing', async () => {
      const owner = await platform.business();
      const { secret } = await enrol(owner);
      const device = platform.caller();
      const first = await password(device, owner);
      assert.deepEqual([first.status, first.body.code], [401, 'session.code-required']);
      assert.equal(device.cookies.has('bizosaas.session_token'), false);
      assert.equal((await device.call('GET', '/api/session')).status, 401);
      assert.equal((await code(platform.caller(), codeOf(secret))).body.code, 'session.sign-in-expired');
      assert.equal((await code(device, '000000')).body.code, 'second-factor.wrong-code');
      const done = await code(device, codeOf(secret));
      assert.equal(done.status, 200, done.text);
      assert.equal((await device.call('GET', '/api/session')).body.userId, owner.userId);
    });

    it('takes each code once, also of eight at the same moment, and none of an earlier step', async () => {
      const owner = await platform.business();
      const { secret } = await enrol(owner);
      const devices = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const device = platform.caller();
          await password(device, owner);
          return device;
        }),
      );
      const now = codeOf(secret);
      const answers = await Promise.all(devices.map((device) => code(device, now)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(7).fill(422)]);
      const late = platform.caller();
      await password(late, owner);
      assert.equal((await code(late, codeOf(secret, -1))).status, 422);
    });

    it('takes each backup code once, stores none of them readable, and none of the old ones after replacing', async () => {
      const owner = await platform.business();
      const { backupCodes } = await enrol(owner);
      assert.equal(new Set(backupCodes).size, 10);
      const [first = '', second = ''] = backupCodes;
      const signIn = async (typed: string) => {
        const device = platform.caller();
        await password(device, owner);
        return (await code(device, typed)).status;
      };
      assert.equal(await signIn(first.toUpperCase().replaceAll('-', ' ')), 200);
      assert.equal(await signIn(first), 422);
      const stored = await sql(`select code_hash from auth.backup_codes where user_id = $1`, [owner.userId]);
      assert.equal(stored.length, 10);
      for (const { code_hash } of stored) assert.ok(!backupCodes.includes(code_hash));
      const replaced = await owner.call('POST', '/api/session/backup-codes', {});
      assert.equal(replaced.status, 201);
      assert.equal(await signIn(second), 422);
      assert.equal(await signIn(replaced.body.backupCodes[0]), 200);
    });

    it('counts codes before it looks at them: of 30 at once at most ten are answered, and then the right one waits too', async () => {
      const owner = await platform.business();
      const { secret } = await enrol(owner);
      const device = platform.caller();
      await password(device, owner);
      const guesses = await Promise.all(
        Array.from({ length: 30 }, (_, n) => code(device, String(100_000 + n))),
      );
      const wrong = guesses.filter(({ status }) => status === 422).length;
      assert.ok(wrong <= 10, `${wrong} were answered`);
      assert.equal(guesses.filter(({ status }) => status === 429).length, 30 - wrong);
      const right = await code(device, codeOf(secret));
      assert.deepEqual([right.status, right.body.code], [429, 'session.locked']);
    });

    it('holds the sign-in for its password only, and for ten minutes', async () => {
      const owner = await platform.business();
      const { secret } = await enrol(owner);
      const device = platform.caller();
      await password(device, owner);
      await sql(`update auth.accounts set password = password || 'x' where user_id = $1`, [owner.userId]);
      assert.equal((await code(device, codeOf(secret))).body.code, 'session.sign-in-expired');
      device.cookies.set('bizosaas.pending', `${device.cookies.get('bizosaas.pending')}A`);
      assert.equal((await code(device, codeOf(secret))).body.code, 'session.sign-in-expired');
    });

    it('keeps the secret sealed for its person, and out of the audit log', async () => {
      const [owner, other] = [await platform.business(), await platform.business()];
      const { secret } = await enrol(owner);
      await enrol(other);
      const [{ sealed, key_id: keyId }] = await sql(`select * from auth.second_factors where user_id = $1`, [
        owner.userId,
      ]);
      assert.ok(!Buffer.from(sealed).includes(secret));
      // Another person's row opens nothing.
      await sql(`update auth.second_factors set sealed = $1, key_id = $2 where user_id = $3`, [
        sealed,
        keyId,
        other.userId,
      ]);
      const device = platform.caller();
      await password(device, other);
      assert.equal((await code(device, codeOf(secret))).status, 500);
      const told = await sql(`select 1 from events where body::text like $1`, [`%${secret}%`]);
      assert.equal(told.length, 0);
    });

    it('is added only by its person who just proved who they are, from an unexpired setup, and its person gets a mail', async () => {
      const [owner, other] = [await platform.business(), await platform.business()];
      const { body: foreign } = await other.call('POST', '/api/session/second-factor/setup', {});
      const stolen = await owner.call('POST', '/api/session/second-factor', {
        setup: foreign.setup,
        code: codeOf(foreign.secret),
      });
      assert.equal(stolen.body.code, 'second-factor.setup-expired');
      await forgetProof(owner);
      const late = await owner.call('POST', '/api/session/second-factor/setup', {});
      assert.deepEqual([late.status, late.body.code], [403, 'session.step-up-required']);
      assert.equal((await owner.call('POST', '/api/session/step-up', { password: 'wrong' })).status, 422);
      assert.equal(
        (await owner.call('POST', '/api/session/step-up', { password: testPassword })).status,
        200,
      );
      await enrol(owner);
      const mails = await eventually(
        () => platform.world.mails(owner.email),
        (found) => found.some(({ subject }) => /second factor was added/.test(subject ?? '')),
      );
      assert.ok(mails.length > 0);
    });

    it('asks for the code, not the password, before dangerous acts, and can then be turned off', async () => {
      const owner = await platform.business();
      const { secret } = await enrol(owner);
      await forgetProof(owner);
      const refused = await owner.call('POST', '/api/session/second-factor/remove', {});
      assert.equal(refused.body.code, 'session.step-up-required');
      const byPassword = await owner.call('POST', '/api/session/step-up', { password: testPassword });
      assert.equal(byPassword.status, 422);
      assert.equal((await owner.call('POST', '/api/session/step-up', { code: codeOf(secret) })).status, 200);
      assert.equal((await owner.call('POST', '/api/session/second-factor/remove', {})).status, 200);
      assert.equal((await password(platform.caller(), owner)).status, 200);
    });

    it('is asked for by an invitation too, in the same form', async () => {
      const [owner, host] = [await platform.business(), await platform.business()];
      const { secret } = await enrol(owner);
      await host.call('POST', '/api/client/team/invitations', { email: owner.email, role: 'member' });
      const mails = await eventually(
        () => platform.world.mails(owner.email),
        (found) => found.some(({ text }) => text.includes('/invitations/accept')),
      );
      const text = mails.map((mail) => mail.text).join();
      const token = /accept\?token=([\w-]+)/.exec(text)?.[1] ?? '';
      const device = platform.caller();
      const form = { token, password: testPassword };
      const asked = await device.form('/invitations/accept', form);
      assert.equal(asked.status, 401);
      assert.match(asked.text, /name="code"/);
      assert.equal((await device.form('/invitations/accept', { ...form, code: '000000' })).status, 422);
      assert.equal((await device.call('GET', '/api/session')).status, 401);
      const joined = await device.form('/invitations/accept', { ...form, code: codeOf(secret) });
      assert.equal(joined.headers.get('location'), '/app');
      assert.equal((await device.call('GET', '/api/session')).body.tenantId, host.tenantId);
    });

    it('leads to the page for the code and from there to where the person wanted', async () => {
      const owner = await platform.business();
      const { secret } = await enrol(owner);
      const device = platform.caller();
      const fields = { email: owner.email, password: testPassword, next: '/app/team' };
      const asked = await device.form('/sign-in', fields);
      assert.equal(asked.headers.get('location'), '/sign-in/code?next=%2Fapp%2Fteam');
      assert.match((await device.call('GET', '/sign-in/code?next=%2Fapp%2Fteam')).text, /Enter your code/);
      const wrong = await device.form('/sign-in/code', { code: '123', next: '/app/team' });
      assert.equal(wrong.status, 422);
      assert.match(wrong.text, /This code is wrong/);
      const done = await device.form('/sign-in/code', { code: codeOf(secret), next: '/app/team' });
      assert.equal(done.headers.get('location'), '/app/team');
    });
  });

  describe('[SEC-1] a second factor that is demanded', () => {
    it('leads everyone of the business to add one before anything else, and back; then it can’t be turned off', async () => {
      const owner = await platform.business();
      assert.equal(
        (await owner.call('PUT', '/api/client/second-factor-demand', { required: true })).body.required,
        true,
      );
      const page = await owner.call('GET', '/app/team');
      assert.equal(page.headers.get('location'), '/account/security/second-factor?next=%2Fapp%2Fteam');
      const json = await owner.call('GET', '/api/client/team');
      assert.deepEqual([json.status, json.body.code], [403, 'session.must-add-second-factor']);
      assert.equal((await owner.call('GET', '/api/session')).status, 200);
      const shown = await owner.call('GET', '/account/security/second-factor?next=%2Fapp%2Fteam');
      assert.match(shown.text, /A second factor is required here/);
      assert.match(shown.text, /<svg class="bz-qr"/);
      const setup = /name="setup" value="([^"]+)"/.exec(shown.text)?.[1] ?? '';
      const secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(shown.text)?.[1] ?? '').replaceAll(' ', '');
      const wrong = await owner.form('/account/security/second-factor', {
        setup,
        code: '1',
        next: '/app/team',
      });
      assert.equal(wrong.status, 422);
      assert.ok(wrong.text.includes(setup), 'the same secret is shown again');
      const codes = await owner.form('/account/security/second-factor', {
        setup,
        code: codeOf(secret),
        next: '/app/team',
      });
      assert.equal(codes.status, 200);
      assert.equal(codes.text.match(/<code>[0-9a-z]{4}(-[0-9a-z]{4}){3}<\/code>/g)?.length, 10);
      assert.match(codes.text, /href="\/app\/team"/);
      assert.equal((await owner.call('GET', '/app/team')).status, 200);
      const off = await owner.call('POST', '/api/session/second-factor/remove', {});
      assert.deepEqual([off.status, off.body.code], [409, 'second-factor.required']);
    });

    it('is shown on Home to super admins while it isn’t demanded of them', async () => {
      const admin = await platform.admin();
      assert.match((await admin.call('GET', '/admin')).text, /no second factor is required of them/);
      await admin.call('PUT', '/api/admin/second-factor-demand', { required: true });
      assert.match(
        (await admin.call('GET', '/admin')).headers.get('location') ?? '',
        /^\/account\/security\/second-factor/,
      );
    });

    it('is no business of members', async () => {
      const owner = await platform.business();
      const member = await platform.colleague(owner.tenantId, 'member');
      const answer = await member.call('PUT', '/api/client/second-factor-demand', { required: true });
      assert.equal(answer.status, 403);
    });
  });

  describe('[SEC-1] step-up before dangerous acts', () => {
    it('leads a form to the page that asks, and back with what was typed', async () => {
      const owner = await platform.business();
      await platform.colleague(owner.tenantId, 'member');
      const team = await owner.call('GET', '/api/client/team');
      const { id } = team.body.members.find(({ role }: { role: string }) => role === 'member');
      await platform.world.database.owner(
        `update auth.sessions set verified_at = now() - interval '6 minutes'`,
      );
      const path = `/app/team/members/${id}/transfer`;
      const led = await owner.form(path, { confirm: 'Not the name' });
      const to = `/confirm-identity?next=${encodeURIComponent(path)}`;
      assert.equal(led.headers.get('location'), to);
      assert.match((await owner.call('GET', to)).text, /Confirm it’s you/);
      const wrong = await owner.form('/confirm-identity', { password: 'wrong', next: path });
      assert.match(wrong.text, /This isn’t your password/);
      const confirmed = await owner.form('/confirm-identity', { password: testPassword, next: path });
      assert.equal(confirmed.headers.get('location'), path);
      const back = await owner.call('GET', path);
      assert.match(back.text, /value="Not the name"/);
      assert.match(back.text, /Check what you entered and send it again/);
      const json = await owner.call('POST', `/api/client/team/members/${id}/role`, { role: 'admin' });
      assert.equal(json.status, 200);
    });
  });
});
