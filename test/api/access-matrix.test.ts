import assert from 'node:assert/strict';
import { areas } from '../../api/areas.ts';
import { methodOf } from '../../api/kit/mount.ts';
import type { AnyRoute } from '../../api/kit/route.ts';
import { permissionsOf } from '../../db/domain/permissions.ts';
import { type Role } from '../../db/domain/roles.ts';
import { type Answer, type Caller, type Platform, startPlatform } from '../support/api.ts';

const routes = areas.flatMap((area) => area.routes);
const nameOf = (route: AnyRoute) => `${methodOf(route).toUpperCase()} ${route.path}`;
/** Signing out in the middle would make everything after it anonymous. */
const endsTheSession = (route: AnyRoute) => route.path.endsWith('/sign-out');
/** Keeps answering for as long as the client listens. */
const streams = (route: AnyRoute) => route.path.endsWith('/live') && route.kind === 'raw';

/** An address of the route that names nothing that exists. */
function addressOf(route: AnyRoute, ids: Record<string, string> = {}): string {
  return route.path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'nothing_here');
}

function send(caller: Caller, route: AnyRoute, ids?: Record<string, string>): Promise<Answer> {
  const address = addressOf(route, ids);
  if (route.kind === 'form') return caller.form(address, {});
  const method = methodOf(route).toUpperCase();
  return caller.call(method, address, method === 'GET' ? undefined : {});
}

/** Who has to confirm who they are is asked, and not refused. */
const isRefused = ({ status, headers, body }: Answer) =>
  ([401, 403].includes(status) && body?.code !== 'session.step-up-required') ||
  (status === 303 && (headers.get('location') ?? '').startsWith('/sign-in?next='));

describe('[USR-2] [TEN-6] every route and who may use it', function () {
  this.timeout(120_000);
  let platform: Platform;
  let callers: { role: Role | 'anonymous'; caller: Caller }[];

  before(async () => {
    platform = await startPlatform();
    const owner = await platform.business();
    callers = [
      { role: 'anonymous', caller: platform.caller() },
      { role: 'superAdmin', caller: await platform.admin() },
      { role: 'partner', caller: await platform.partner() },
      { role: 'owner', caller: owner },
      { role: 'admin', caller: await platform.colleague(owner.tenantId, 'admin') },
      { role: 'member', caller: await platform.colleague(owner.tenantId, 'member') },
    ];
  });
  after(() => platform.stop());

  function mayUse(role: Role | 'anonymous', { access }: AnyRoute): boolean {
    if (access === 'public') return true;
    if (role === 'anonymous') return false;
    return access === 'signed-in' || permissionsOf(role).has(access);
  }

  for (const route of routes.filter((candidate) => !endsTheSession(candidate) && !streams(candidate))) {
    it(`${nameOf(route)}: ${route.access}`, async () => {
      for (const { role, caller } of callers) {
        const answer = await send(caller, route);
        assert.ok(answer.status < 500, `${role}: ${answer.status} ${answer.text.slice(0, 300)}`);
        assert.equal(
          !isRefused(answer),
          mayUse(role, route),
          `${role}: ${answer.status} ${answer.text.slice(0, 200)}`,
        );
      }
    });
  }

  it('covers every route there is', () => {
    assert.ok(routes.length > 25);
    assert.deepEqual(routes.filter((route) => !route.access).map(nameOf), []);
  });

  it('refuses what changes something when the token is missing or another session’s, and when another site sends it', async () => {
    const [, , , owner, admin] = callers;
    assert.ok(owner && admin);
    const body = { email: 'x@example.com', name: 'X', role: 'member' };
    const path = '/api/client/team/invitations';
    const foreign = admin.caller.cookies.get('bizosaas.csrf') ?? '';
    const answers = [
      await owner.caller.call('POST', path, body, { 'x-csrf-token': '' }),
      await owner.caller.call('POST', path, body, { 'x-csrf-token': foreign }),
      await owner.caller.call('POST', path, body, { 'sec-fetch-site': 'cross-site' }),
      await owner.caller.call('POST', path, body, { origin: 'https://evil.example' }),
    ];
    assert.deepEqual(
      answers.map(({ status, body: { code } }) => `${status} ${code}`),
      Array(4).fill('403 request.forged'),
    );
  });

  it('answers 405 with what is allowed where the address exists', async () => {
    const answer = await platform.caller().call('DELETE', '/api/public/sign-in');
    assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST']);
  });
});

describe('[TEN-6] a tenant asks for what belongs to another', function () {
  this.timeout(90_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  const plain = ({ status, text }: Answer) =>
    `${status} ${text
      .replace(/"requestId":"[^"]+"/, '')
      .replace(/nonce[-="]+[^"' ]+/g, '')
      .replace(/[0-9a-f-]{36}/g, '')}`;

  it('gets the same answer as for what does not exist, on every route with an id', async () => {
    const [one, other] = [await platform.business(), await platform.business()];
    const invited = await one.call('POST', '/api/client/team/invitations', {
      email: 'new@example.com',
      name: 'New',
      role: 'member',
    });
    assert.equal(invited.status, 201);
    const ids: Record<string, string> = { id: invited.body.invitationId, tenantId: one.tenantId };
    const withIds = routes.filter(
      (route) => /:(id|tenantId)/.test(route.path) && route.path.includes('/client/'),
    );
    assert.ok(withIds.length >= 2);
    for (const route of withIds) {
      const foreign = await send(other, route, ids);
      const missing = await send(other, route, {
        id: 'ivt_00000000000000000000000000',
        tenantId: 'ten_none',
      });
      assert.equal(plain(foreign), plain(missing), nameOf(route));
      assert.equal(foreign.status, 404, nameOf(route));
    }
  });

  it('a partner sees only the own tenants, and answers about others as if they did not exist', async () => {
    const partner = await platform.partner();
    const mine = await platform.business('Mine of the partner');
    const foreign = await platform.business('Not of the partner');
    await platform.world.database.owner('update tenants set partner_id = $1 where id = $2', [
      partner.partnerId,
      mine.tenantId,
    ]);
    const list = await partner.call('GET', '/api/admin/tenants');
    assert.deepEqual(
      list.body.items.map(({ id }: { id: string }) => id),
      [mine.tenantId],
    );
    const people = await partner.call('GET', '/api/admin/people');
    assert.deepEqual(
      people.body.items.map(({ id }: { id: string }) => id),
      [mine.userId],
    );
    const audit = await partner.call('GET', '/api/admin/audit-events?limit=200');
    assert.deepEqual(
      [...new Set(audit.body.items.map(({ tenantId }: { tenantId: string }) => tenantId))],
      [mine.tenantId],
    );
    for (const route of routes.filter(({ path }) => path.includes('/admin/tenants/:tenantId'))) {
      const answer = await send(partner, route, { tenantId: foreign.tenantId });
      assert.ok(!answer.text.includes('Not of the partner'), nameOf(route));
      // What partners may not do at all is refused before anyone looks at the tenant.
      if (
        route.access !== 'public' &&
        route.access !== 'signed-in' &&
        !permissionsOf('partner').has(route.access)
      ) {
        assert.equal(answer.status, 403, nameOf(route));
        continue;
      }
      // A form without a dialog leads back to its page, which doesn't exist for this person either.
      const back = answer.status === 303 ? answer.headers.get('location') : null;
      const { status } = back === null ? answer : await partner.call('GET', back);
      assert.ok(back === null ? [404, 422].includes(status) : status === 404, `${nameOf(route)} ${status}`);
    }
  });
});
