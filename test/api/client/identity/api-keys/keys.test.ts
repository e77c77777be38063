import assert from 'node:assert/strict';
import { keyLimit } from '../../../../../db/auth/api-keys.ts';
import { callerOf, type Platform, startPlatform } from '../../../../support/api.ts';
import { eventually } from '../../../../support/world.ts';
import { bearer, createKey, eventsOf, program } from './support.ts';

const team = '/api/client/team';

describe('[SEC-5] API keys', function () {
  this.timeout(120_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());
  const sql = <T extends object>(text: string, values: unknown[] = []) =>
    platform.world.database.owner<T>(text, values);

  it('are shown once, stored as a hash, listed without their secret, and used without cookie or token', async () => {
    const owner = await platform.business();
    const created = await createKey(owner, { scopes: ['team.read', 'team.invite'] });
    assert.match(created.key, /^bz_live_[0-9a-z]{26}_[0-9A-Za-z]{36}$/);
    const use = program(platform, created.key);
    assert.equal((await use('GET', team)).status, 200);
    const invited = await use('POST', '/api/client/team/invitations', {
      email: 'k@example.com',
      role: 'member',
    });
    assert.equal(invited.status, 201, invited.text);
    const list = await owner.call('GET', '/api/client/api-keys');
    const [listed] = list.body.items;
    assert.deepEqual([listed.id, listed.last4, listed.state], [created.id, created.key.slice(-4), 'active']);
    assert.ok(listed.lastUsedAt !== null && listed.lastUsedIp === '127.0.0.1');
    assert.ok(!list.text.includes(created.key.slice(-36)));
    const dump = await sql<{ text: string }>('select to_jsonb(k)::text as text from api_keys k');
    assert.ok(dump.every(({ text }) => !text.includes(created.key.slice(-36))));
    const [used] = await eventsOf(platform, 'key.used', created.id);
    assert.deepEqual(used?.body.actor, { type: 'apikey', id: created.id });
    assert.equal((await use('POST', '/api/client/integrations/zoom/test', {})).status, 403);
    const [refused] = await eventsOf(platform, 'permission.refused', created.id);
    assert.deepEqual(refused?.body.actor, { type: 'apikey', id: created.id });
    assert.equal(refused?.body.context['onBehalfOf'], owner.userId);
  });

  it('creating again with the same request is the same key, and proof of who asks is needed', async () => {
    const owner = await platform.business();
    const requestKey = crypto.randomUUID();
    const asked = { name: 'Once', scopes: ['team.read'], requestKey };
    const [first, second] = [await createKey(owner, asked), await createKey(owner, asked)];
    assert.deepEqual(first, second);
    assert.equal((await owner.call('GET', '/api/client/api-keys')).body.items.length, 1);
    await sql(`update auth.sessions set verified_at = now() - interval '6 minutes' where user_id = $1`, [
      owner.userId,
    ]);
    const late = await owner.call('POST', '/api/client/api-keys', asked);
    assert.deepEqual([late.status, late.body.code], [403, 'session.step-up-required']);
  });

  it('cost one query each, counted by the database’s own driver', async () => {
    const owner = await platform.business();
    const { key } = await createKey(owner, { scopes: ['team.read'] });
    const use = program(platform, key);
    await use('GET', '/api/approvals');
    const { authPool } = platform.world.database.db;
    const asked: string[] = [];
    const query = authPool.query.bind(authPool) as (...given: unknown[]) => unknown;
    authPool.query = ((...given: unknown[]) => {
      asked.push((given[0] as { name?: string }).name ?? String(given[0]));
      return query(...given);
    }) as never;
    // Refused for its scope after the key is known: only the key itself is read.
    const before = await sql<{ n: number }>('select count(*)::int as n from events');
    assert.equal((await use('GET', '/api/approvals')).status, 403);
    authPool.query = query as never;
    assert.deepEqual(asked, ['read-api-key']);
    assert.deepEqual(await sql<{ n: number }>('select count(*)::int as n from events'), before);
  });

  it('answer with the limit of the key, and 429 beyond it', async () => {
    const owner = await platform.business();
    const { key, id } = await createKey(owner, { scopes: ['team.read'] });
    const use = program(platform, key);
    const first = await use('GET', team);
    assert.equal(
      first.headers.get('ratelimit-policy'),
      `"api-key";q=${keyLimit.points};w=${keyLimit.durationS}`,
    );
    assert.match(first.headers.get('ratelimit') ?? '', new RegExp(`^"api-key";r=${keyLimit.points - 1};t=`));
    await sql(`update rate_limits set points = $2 where key = 'api-key:' || $1`, [id, keyLimit.points]);
    const beyond = await use('GET', team);
    assert.deepEqual([beyond.status, beyond.body.code], [429, 'request.rate-limited']);
    assert.ok(Number(beyond.headers.get('retry-after')) > 0);
  });

  it('are refused when mistyped, unknown, revoked, expired, from elsewhere or of a suspended owner, and the log says so', async () => {
    const owner = await platform.business();
    const colleague = await platform.colleague(owner.tenantId, 'admin');
    const { key, id } = await createKey(colleague, { scopes: ['team.read'] });
    const refusal = async (given: string) => {
      const { status, body, headers } = await platform.caller().call('GET', team, undefined, bearer(given));
      assert.match(headers.get('www-authenticate') ?? '', /^Bearer /);
      return `${status} ${body.code}`;
    };
    const other = key.at(-1) === 'a' ? 'b' : 'a';
    assert.equal(await refusal(key.slice(0, -1) + other), '401 key.malformed');
    assert.equal(await refusal(''), '401 key.malformed');
    const foreign = await createKey(owner, { scopes: ['team.read'], networks: ['203.0.113.0/24'] });
    assert.equal(await refusal(foreign.key), '401 key.foreign-address');
    assert.equal((await eventsOf(platform, 'key.refused', foreign.id)).length, 1);
    assert.equal(await refusal(foreign.key), '401 key.foreign-address');
    assert.equal((await eventsOf(platform, 'key.refused', foreign.id)).length, 1, 'once a minute');
    const near = await createKey(owner, { scopes: ['team.read'], networks: '127.0.0.0/8\n2001:db8::/32' });
    assert.equal((await program(platform, near.key)('GET', team)).status, 200);
    await sql(`update api_keys set secret_hash = 'x' where id = $1`, [near.id]);
    assert.equal(await refusal(near.key), '401 key.unknown');
    await sql(`update memberships set status = 'suspended' where tenant_id = $1 and role = 'admin'`, [
      owner.tenantId,
    ]);
    assert.equal(await refusal(key), '401 key.suspended');
    await sql(`update memberships set status = 'active' where tenant_id = $1`, [owner.tenantId]);
    await sql(`update api_keys set expires_at = now() where id = $1`, [id]);
    assert.equal(await refusal(key), '401 key.expired');
    await sql(`update api_keys set expires_at = null where id = $1`, [id]);
    await sql(`update tenants set status = 'suspended' where id = $1`, [owner.tenantId]);
    assert.equal(await refusal(key), '401 key.suspended');
    const log = await (await platform.admin()).call('GET', '/api/admin/access-log?kind=keys');
    assert.ok(log.body.items.some(({ action }: { action: string }) => action === 'key.refused'));
  });

  it('beat cookies, and are refused together with a view as another person', async () => {
    const [one, two] = [await platform.business(), await platform.business('The other one')];
    const { key } = await createKey(two, { scopes: ['team.read'] });
    const both = await one.call('GET', team, undefined, bearer(key));
    assert.deepEqual(
      both.body.members.map(({ email }: { email: string }) => email),
      [two.email],
    );
    const viewing = callerOf(platform.url);
    viewing.cookies.set('bizosaas.view_token', 'anything');
    const refused = await viewing.call('GET', team, undefined, bearer(key));
    assert.deepEqual([refused.status, refused.body.code], [403, 'key.while-viewing']);
    const broken = await one.call('GET', team, undefined, bearer('nonsense'));
    assert.equal(broken.status, 401, 'a bad key never falls back to the session');
  });

  it('revoked: refused within a second on every API process', async () => {
    const second = await platform.secondApi();
    const owner = await platform.business();
    const { key, id } = await createKey(owner, { scopes: ['team.read'] });
    const [here, there] = [program(platform, key), program(platform, key, second.url)];
    assert.deepEqual([(await here('GET', team)).status, (await there('GET', team)).status], [200, 200]);
    assert.equal((await owner.call('DELETE', `/api/client/api-keys/${id}`)).status, 200);
    const revokedMs = Date.now();
    const [refused, elsewhere] = [await there('GET', team), await here('GET', team)];
    assert.ok(Date.now() - revokedMs < 1_000);
    assert.deepEqual([refused.status, elsewhere.status], [401, 401]);
    assert.equal((refused.body as { code: string }).code, 'key.revoked');
    await second.stop();
  });

  it('of a person shrink with the person, and end with the membership; those of the business stay', async () => {
    const owner = await platform.business();
    const colleague = await platform.colleague(owner.tenantId, 'admin');
    const own = await createKey(colleague, { scopes: ['team.read', 'billing.read'] });
    const ofBusiness = await createKey(colleague, { kind: 'tenant', scopes: ['billing.read', 'team.read'] });
    const ofAgent = await createKey(owner, { kind: 'agent', agent: 'analyst', scopes: ['tools.read'] });
    const use = program(platform, own.key);
    assert.equal((await use('GET', '/api/client/subscription')).status, 200);
    await sql(`update memberships set role = 'member' where tenant_id = $1 and role = 'admin'`, [
      owner.tenantId,
    ]);
    const shrunk = await use('GET', '/api/client/subscription');
    assert.deepEqual([shrunk.status, shrunk.body.code], [403, 'permission.denied']);
    const { body } = await owner.call('GET', team);
    const { id } = body.members.find(({ role }: { role: string }) => role === 'member');
    const removed = await owner.call('POST', `/api/client/team/members/${id}/remove`, {});
    assert.equal(removed.status, 200, removed.text);
    assert.equal((await use('GET', team)).body.code, 'key.revoked');
    assert.equal((await program(platform, ofBusiness.key)('GET', team)).status, 200);
    assert.equal((await program(platform, ofAgent.key)('GET', '/api/client/integrations')).status, 200);
    const mails = await eventually(
      () => platform.world.mails(owner.email),
      (found) => found.some(({ text }) => text?.includes('API keys revoked: 1')),
    );
    assert.ok(mails.length > 0);
  });

  it('of one business open nothing of another, and a member makes none for the business', async () => {
    const [one, two] = [await platform.business(), await platform.business()];
    const created = await createKey(one, {
      kind: 'tenant',
      scopes: ['team.read', 'tools.read', 'billing.read'],
    });
    const use = program(platform, created.key);
    const found = await use('GET', team);
    assert.ok(found.text.includes(one.email) && !found.text.includes(two.email));
    const person = { email: 'theirs@example.com', role: 'member' };
    const { invitationId } = (await two.call('POST', '/api/client/team/invitations', person)).body;
    const inviting = program(platform, (await createKey(one, { scopes: ['team.invite', 'team.read'] })).key);
    const withdrawn = await inviting('POST', `/api/client/team/invitations/${invitationId}/withdraw`, {});
    assert.deepEqual([withdrawn.status, withdrawn.body.code], [404, 'invitation.not-found']);
    assert.equal((await two.call('DELETE', `/api/client/api-keys/${created.id}`)).status, 404);
    const rotated = await two.call('POST', `/api/client/api-keys/${created.id}/rotate`, {});
    assert.deepEqual([rotated.status, rotated.body.code], [404, 'key.not-found']);
    const member = await platform.colleague(one.tenantId, 'member');
    const ask = (body: object) => member.call('POST', '/api/client/api-keys', { name: 'Mine', ...body });
    assert.equal((await ask({ kind: 'tenant', scopes: ['team.read'] })).status, 403);
    assert.equal((await ask({ scopes: ['team.invite'] })).status, 422, 'beyond what a member may do');
    assert.equal((await ask({ scopes: ['team.read'] })).status, 201);
    assert.equal((await member.call('GET', '/api/client/api-keys')).body.items.length, 1);
    assert.equal((await member.call('DELETE', `/api/client/api-keys/${created.id}`)).status, 404);
  });

  it('keep what was typed when the form is refused, and an administrator revokes any of them with a reason', async () => {
    const owner = await platform.business();
    const refused = await owner.form('/account/security/api-keys/new', {
      name: 'Kept name',
      scopes: ['team.read'],
      expires: 'date',
      expiresOn: '2020-01-01',
      networks: '10.1',
    });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Kept name/);
    assert.match(refused.text, /“10.1” is no address or network/);
    const past = { name: 'Late', scopes: ['team.read'], expires: 'date', expiresOn: '2020-01-01' };
    assert.equal(
      (await owner.call('POST', '/api/client/api-keys', past)).body.fields.expiresOn !== undefined,
      true,
    );
    const shown = await owner.form('/account/security/api-keys/new', {
      name: 'Shown',
      scopes: ['team.read'],
      expires: 'never',
    });
    const [key = ''] = /bz_live_\w+/.exec(shown.text) ?? [];
    assert.equal((await program(platform, key)('GET', team)).status, 200);
    const admin = await platform.admin();
    const { items } = (await admin.call('GET', '/api/admin/api-keys?q=Shown')).body;
    const { id } = items.find(({ tenantId }: { tenantId: string }) => tenantId === owner.tenantId);
    const revoke = (reason: string) => admin.call('POST', `/api/admin/api-keys/${id}/revoke`, { reason });
    assert.equal((await revoke('short')).status, 422);
    assert.equal((await revoke('Found in a public repository')).status, 200);
    assert.equal((await revoke('Found in a public repository')).status, 409);
    assert.equal((await program(platform, key)('GET', team)).body.code, 'key.revoked');
    assert.equal((await owner.call('GET', '/api/admin/api-keys')).status, 403);
  });
});
