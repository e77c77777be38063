import assert from 'node:assert/strict';
import { adminAllowAll } from '../../../../workers/commands/admin-allow-all.ts';
import { type Caller, callerOf, type Platform, startPlatform } from '../../../support/api.ts';
import { bearer, createKey } from '../../client/identity/api-keys/support.ts';

const list = '/api/admin/address-list';

describe('[SEC-6] addresses administrators work from', function () {
  this.timeout(90_000);
  let platform: Platform;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform({ settings: { trustProxy: 1 }, worker: false });
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const from = (caller: Caller, ip: string, method: string, path: string, body?: unknown) =>
    caller.call(method, path, body, { 'x-forwarded-for': ip });
  const stored = () =>
    platform.world.database.owner<{ value: string[] }>(
      `select value from platform_settings where key = 'identity.admin-networks'`,
    );

  it('a list that would lock out the person who saves it is refused, and nothing is lost', async () => {
    const refused = await from(admin, '198.51.100.7', 'PUT', list, { networks: ['203.0.113.0/24'] });
    assert.deepEqual([refused.status, refused.body.code], [422, 'request.invalid']);
    assert.match(refused.body.fields.networks, /198\.51\.100\.7/);
    assert.deepEqual(await stored(), []);
    const form = await admin.form('/admin/address-list', { networks: '203.0.113.0/24\nnonsense' });
    assert.equal(form.status, 422);
    assert.match(form.text, /nonsense/);
  });

  it('holds from the next request on for sessions and keys of super admins, in every process, and for no one else', async () => {
    const { key } = await createKey(admin, { scopes: ['tenants.read'] });
    const partner = await platform.partner();
    const saved = await from(admin, '203.0.113.9', 'PUT', list, {
      networks: '203.0.113.0/24\n2001:db8::/32',
    });
    assert.deepEqual([saved.status, saved.body.networks], [200, ['203.0.113.0/24', '2001:db8::/32']]);
    const status = async (ip: string) => (await from(admin, ip, 'GET', '/api/admin/tenants')).status;
    assert.deepEqual(
      await Promise.all(['203.0.113.1', '2001:db8::5', '198.51.100.7'].map(status)),
      [200, 200, 403],
    );
    const page = await from(admin, '198.51.100.7', 'GET', '/admin');
    assert.equal(page.status, 403);
    const withKey = async (ip: string) =>
      (
        await platform
          .caller()
          .call('GET', '/api/admin/tenants', undefined, { ...bearer(key), 'x-forwarded-for': ip })
      ).status;
    assert.deepEqual([await withKey('203.0.113.1'), await withKey('198.51.100.7')], [200, 403]);
    assert.equal((await from(partner, '198.51.100.7', 'GET', '/api/admin/tenants')).status, 200);
    const elsewhere = callerOf(platform.url);
    const events = await platform.world.database.owner(
      `select 1 from events where action = 'access.address-refused'`,
    );
    assert.ok(events.length >= 1 && events.length <= 2, 'once a minute');
    assert.equal((await elsewhere.call('GET', list)).status, 401);
  });

  it('a spoofed X-Forwarded-For does not count: only what the stated proxies say', async () => {
    const spoofed = await from(admin, '203.0.113.1, 198.51.100.7', 'GET', '/api/admin/tenants');
    assert.equal(spoofed.status, 403);
  });

  it('leads out: who is refused can sign out and end a view, and then sign in as someone else', async () => {
    const outside = { 'x-forwarded-for': '198.51.100.7' };
    const other = await platform.admin();
    const page = await other.call('GET', '/sign-in', undefined, outside);
    assert.equal(page.status, 403);
    assert.match(page.text, /action="\/sign-out"/);
    assert.match(page.text, /Use an allowed network/);
    assert.doesNotMatch(page.text, /\/admin\/tenants/);
    const ended = await from(other, '198.51.100.7', 'POST', '/api/impersonation/end');
    assert.equal(ended.body.code, 'view.not-viewing');
    const before = new Map(other.cookies);
    assert.equal((await from(other, '198.51.100.7', 'POST', '/api/session/sign-out')).status, 200);
    assert.equal((await other.call('GET', '/sign-in', undefined, outside)).status, 200);
    for (const [name, value] of before) other.cookies.set(name, value);
    assert.equal((await from(other, '203.0.113.1', 'GET', '/api/session')).status, 401);
  });

  it('the command empties it with an event, and everyone works again', async () => {
    const said: string[] = [];
    const context = {
      say: (line: string) => void said.push(line),
      platform: async () => ({ config: platform.world.config, db: platform.world.database.db }),
    };
    assert.equal(await adminAllowAll.run(context, []), 0);
    assert.equal(await adminAllowAll.run(context, []), 0);
    assert.match(said[0] ?? '', /every address/);
    assert.match(said[1] ?? '', /empty already/);
    assert.equal((await from(admin, '198.51.100.7', 'GET', list)).body.networks.length, 0);
    const events = await platform.world.database.owner<{ body: { actor: { id: string } } }>(
      `select body from events where action = 'setting.changed' and body::text like '%admin-networks%' order by seq`,
    );
    assert.equal(events.at(-1)?.body.actor.id, 'command-line');
  });
});
