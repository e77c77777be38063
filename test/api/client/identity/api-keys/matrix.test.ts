import assert from 'node:assert/strict';
import { areas } from '../../../../../api/areas.ts';
import { keyScopeOf } from '../../../../../api/kit/key-scope.ts';
import { methodOf } from '../../../../../api/kit/mount.ts';
import type { AnyRoute } from '../../../../../api/kit/route.ts';
import { isScopeOf } from '../../../../../db/domain/identity/api-key.ts';
import { type Permission, permissionsOf } from '../../../../../db/domain/permissions.ts';
import { paths } from '../../../../../templates/paths.ts';
import { type Answer, type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { bearer, createKey } from './support.ts';

const routes = areas.flatMap((area) => area.routes).filter(({ kind }) => kind !== 'hook');
const scoped = routes.filter((route) => keyScopeOf(route) !== null);
/** The status page asks the database for nothing, so it doesn't know who looks at it. */
const asksNoOne = (route: AnyRoute) => route.path === paths.status;
const closed = routes.filter((route) => keyScopeOf(route) === null && !asksNoOne(route));
const scopes = [...new Set(scoped.map((route) => keyScopeOf(route) as Permission))];
const nameOf = (route: AnyRoute) => `${methodOf(route).toUpperCase()} ${route.path}`;
const roles = ['superAdmin', 'partner', 'owner'] as const;
type Holder = (typeof roles)[number];

describe('[SEC-5] every route and the scope a key needs for it', function () {
  this.timeout(120_000);
  let platform: Platform;
  let people: Record<Holder, Caller>;
  const only = new Map<Permission, string>();
  const allBut = new Map<Permission, string>();
  const all = new Map<Holder, string>();

  const holderOf = (scope: Permission): Holder =>
    roles.find((role) => permissionsOf(role).has(scope)) ?? assert.fail(scope);
  const possible = (role: Holder) => [...permissionsOf(role)].filter((one) => isScopeOf('person', one));

  before(async () => {
    platform = await startPlatform();
    const [superAdmin, partner, owner] = await Promise.all([
      platform.admin(),
      platform.partner(),
      platform.business(),
    ]);
    people = { superAdmin, partner, owner };
    for (const role of roles) all.set(role, (await createKey(people[role], { scopes: possible(role) })).key);
    for (const scope of scopes) {
      const role = holderOf(scope);
      only.set(scope, (await createKey(people[role], { scopes: [scope] })).key);
      const others = possible(role).filter((one) => one !== scope);
      allBut.set(scope, (await createKey(people[role], { scopes: others })).key);
    }
  });
  after(() => platform.stop());

  function send(route: AnyRoute, key: string): Promise<Answer> {
    const address = route.path.replace(/:\w+/g, 'nothing_here');
    const method = methodOf(route).toUpperCase();
    return platform.caller().call(method, address, method === 'GET' ? undefined : {}, bearer(key));
  }

  it('serves with the one scope, and refuses with all others', async () => {
    assert.ok(scoped.length > 80, String(scoped.length));
    for (const route of scoped) {
      const scope = keyScopeOf(route) as Permission;
      const served = await send(route, only.get(scope) ?? '');
      assert.ok(![401, 403].includes(served.status), `${nameOf(route)}: ${served.status} ${served.text}`);
      assert.ok(served.status < 500, `${nameOf(route)}: ${served.status} ${served.text}`);
      const refused = await send(route, allBut.get(scope) ?? '');
      assert.deepEqual([refused.status, refused.body?.code], [403, 'key.scope-missing'], nameOf(route));
      assert.match(refused.body.title, new RegExp(scope.replace('.', '\\.')));
    }
  });

  it('never serves pages, forms, downloads of pages, own accounts, sessions, keys or views, whatever the scopes', async () => {
    assert.ok(closed.length > 100, String(closed.length));
    for (const route of closed) {
      const role = /^(\/api)?\/admin/.test(route.path) ? 'superAdmin' : 'owner';
      const answer = await send(route, all.get(role) ?? '');
      assert.equal(answer.status, 403, `${role} ${nameOf(route)}: ${answer.status}`);
      if (route.path.startsWith('/api/')) assert.equal(answer.body.code, 'key.not-here', nameOf(route));
    }
    const mustBeClosed =
      /api-keys|sessions|session\/|impersonat|force-password|step-up|password|second-factor/;
    assert.deepEqual(scoped.filter(({ path }) => mustBeClosed.test(path)).map(nameOf), []);
  });

  it('is told by the OpenAPI document', async () => {
    const { body } = await platform.caller().call('GET', '/api/openapi.json');
    const { security } = body.paths['/api/client/team'].get;
    assert.deepEqual(security, [{ session: [] }, { apiKey: ['team.read'] }]);
    assert.equal(body.components.securitySchemes.apiKey.scheme, 'bearer');
    assert.deepEqual(body.paths['/api/client/api-keys'].get.security, [{ session: [] }]);
  });
});
