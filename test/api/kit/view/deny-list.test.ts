import assert from 'node:assert/strict';
import { areas } from '../../../../api/areas.ts';
import { methodOf } from '../../../../api/kit/mount.ts';
import type { AnyRoute } from '../../../../api/kit/route.ts';
import type { PermissionEntry } from '../../../../db/domain/permission-entry.ts';
import { type Permission, permissions } from '../../../../db/domain/permissions.ts';
import { type Answer, type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { viewAs } from '../../../support/views.ts';

/**
 * What each route is while an administrator views the portal as a person, said here independently of the code:
 * `never` – refused, whatever the mode; `change` – taken only where changes are allowed; `always` – taken in any view.
 * A route that changes something and that no line names fails the test: say here what it is.
 */
const classes: readonly [kind: 'never' | 'change' | 'always', paths: RegExp][] = [
  // Password, second factor, email, sessions, another person's account.
  ['never', /^\/(api\/public\/)?sign-(in|up)(\/code|\/continue|\/change)?$/],
  ['never', /\/sign-in-methods|^\/api\/client\/(sign-in|api-keys)|^\/app\/sign-in$|api-keys/],
  ['never', /\/step-up$|^\/confirm-identity$|forgot-password$|reset-password$|\/password-resets/],
  [
    'never',
    /^\/account\/security|^\/api\/client\/sessions|^\/api\/session\/(password|second-factor|backup-codes)/,
  ],
  ['never', /second-factor-demand$|^\/app\/security$|^\/api\/client\/roles/],
  ['change', /^\/account\/profile|^\/api\/session\/(profile|notices|picture)/],
  ['never', /^\/verify-email(\/resend)?$|email-(verification|confirmation)s$/],
  ['never', /^\/businesses\/|^\/api\/session\/businesses\//],
  ['never', /invitations\/accept$/],
  ['always', /sign-out$|^\/view\/end$|^\/api\/impersonation\/end$/],
  // Another view, and what was viewed.
  ['never', /\/impersonat(e|ions?)\/(?!end$)|\/view-as$|^\/admin\/views\/|support-access/],
  // Roles, ownership, people, approvals.
  ['never', /^\/(api\/client|app)\/team\/|^\/(api|app)\/approvals\//],
  // Plan, payment, what is billed and to whom.
  [
    'never',
    /^\/api\/client\/(subscription\/|billing-details$)|^\/app\/billing\/(plan|cancel|keep|card|details)$/,
  ],
  ['never', /setup\/(profile|plan|review)$|onboarding\/steps\/(profile|plan|review)$/],
  ['never', /\/invoices\/:id\/try$/],
  // Credentials and consent with vendors, webhooks.
  ['never', /integrations\/:server\/(connect|authorize|webhook-secret)$/],
  // What is frozen.
  ['never', /\/(freeze|thaw)$/],
  // The same done to many.
  ['never', /\/bulk-operations(\/|$)/],
  // The link by which a partner invites.
  ['never', /sign-up-link/],
  ['change', /setup\/(tools|website|analytics|agents)$|onboarding\/steps\/(tools|website|analytics|agents)$/],
  ['change', /^\/(api\/client|app)\/integrations\/:server\/(disconnect|test|grants|tools\/:tool)$/],
  ['change', /^\/api\/client\/tools\/:tool\/calls$/],
  ['change', /^\/(api\/templates|workflow-templates)(\/|$)/],
  // Of partners; people of partners can't be viewed as, and their routes hold nothing of the list.
  ['change', /^\/(api\/)?admin\/tenants\/:tenantId\/(connections|onboarding)\//],
  ['change', /(tenant|people|run)-views|^\/admin\/(tenants|people|workflows)\/views/],
  ['change', /^\/(api\/)?admin\/people\/:userId\/confirmation$/],
  ['change', /^\/(api\/admin\/runs|admin\/workflows)\/:runId\/(remind|extend)$/],
];

/** What is looked at and refused all the same: exports, downloads, approvals, credentials on their way in. */
const neverRead =
  /\.csv$|\/export$|\/pdf$|history\.json$|\/callback$|\/(app|api)\/approvals(\/:id)?$|support-access|^\/app\/team\/members|\/impersonations|\/admin\/views|view-as$|sign-up-link|\.jsonl$|sign-in-methods|\/client\/sign-in$|^\/app\/sign-in$|api-keys|^\/app\/security$|second-factor-demand$|\/freeze$|^\/account\/security|^\/confirm-identity$|^\/api\/client\/(sessions|roles)|\/team\/roles|^\/app\/billing\/(plan|cancel|card)$/;

const routes = areas.flatMap((area) => area.routes).filter((route) => route.kind !== 'hook');
const changes = (route: AnyRoute) => methodOf(route) !== 'get';
const nameOf = (route: AnyRoute) => `${methodOf(route).toUpperCase()} ${route.path}`;
const holdersOf = ({ access }: AnyRoute): readonly string[] =>
  access === 'public' || access === 'signed-in' ? ['owner'] : permissions[access as Permission].heldBy;
/** Only super admins hold it, as whom no one can view. */
const isOfPlatform = (route: AnyRoute) => holdersOf(route).every((role) => role === 'superAdmin');
const streams = (route: AnyRoute) => route.path.endsWith('/live') && route.kind === 'raw';

function classOf(route: AnyRoute): 'never' | 'change' | 'always' | 'platform' | 'read' | null {
  if (isOfPlatform(route)) return 'platform';
  const [found] = classes.find(([, paths]) => paths.test(route.path)) ?? [];
  if (changes(route)) return found ?? null;
  return neverRead.test(route.path) ? 'never' : 'read';
}

function send(caller: Caller, route: AnyRoute): Promise<Answer> {
  const address = route.path.replace(/:\w+/g, 'nothing_here');
  // A body that no route takes: what gets past the check of access does nothing.
  if (route.kind === 'form') return caller.form(address, { nothing: 'x'.repeat(10) });
  const method = methodOf(route).toUpperCase();
  return caller.call(method, address, method === 'GET' ? undefined : { nothing: true });
}

const codeOf = ({ status, body, text }: Answer): string =>
  body?.code ??
  `${status} ${/view\.\S+|This isn’t possible|can’t change anything|permission/.exec(text)?.[0] ?? ''}`;
const isRefusedInView = (answer: Answer) =>
  answer.status === 403 && /view\.refused|This isn’t possible while/.test(`${codeOf(answer)} ${answer.text}`);
const isReadOnly = (answer: Answer) =>
  answer.status === 403 && /view\.read-only|can’t change anything/.test(`${codeOf(answer)} ${answer.text}`);
const isDenied = (answer: Answer) =>
  answer.status === 403 && /permission/.test(`${codeOf(answer)} ${answer.text}`);

describe('[SEC-2] the deny list × every route in a view', function () {
  this.timeout(60_000);
  let platform: Platform;
  let looking: Caller;
  let changing: Caller;

  before(async () => {
    platform = await startPlatform();
    const client = await platform.business();
    [looking, changing] = [await platform.admin(), await platform.admin()];
    await viewAs(looking, client.userId);
    await viewAs(changing, client.userId, { mode: 'change' });
  });
  after(() => platform.stop());

  it('names every route that changes something', () => {
    const unnamed = routes.filter((route) => changes(route) && classOf(route) === null).map(nameOf);
    assert.deepEqual(unnamed, [], 'say in `classes` what these are in a view');
    assert.ok(routes.filter((route) => classOf(route) === 'never').length > 40);
  });

  for (const kind of ['never', 'change', 'platform', 'read'] as const) {
    it(`takes and refuses what is “${kind}” in both modes`, async () => {
      for (const route of routes.filter((one) => classOf(one) === kind && !streams(one))) {
        const name = nameOf(route);
        const [read, change] = await Promise.all([send(looking, route), send(changing, route)]);
        const isOwners = holdersOf(route).includes('owner');
        const told = `${name}: ${read.status} ${codeOf(read)}, ${change.status} ${codeOf(change)}`;
        if (kind === 'platform' || !isOwners) {
          const refused = (answer: Answer) => isDenied(answer) || isRefusedInView(answer);
          assert.ok(refused(read) && refused(change), told);
        } else if (kind === 'never') assert.ok(isRefusedInView(read) && isRefusedInView(change), told);
        else if (kind === 'change') {
          assert.ok(isReadOnly(read), told);
          assert.ok(change.status < 500 && change.status !== 403, told);
        } else
          assert.ok(
            [read, change].every(({ status }) => status < 500 && status !== 403),
            told,
          );
      }
    });
  }

  it('declares the same for partners, whose routes a view can’t reach today', () => {
    const guardOf = ({ access, whileViewing }: AnyRoute & { whileViewing?: string }) => {
      if (whileViewing) return whileViewing;
      if (access === 'public' || access === 'signed-in') return 'none';
      const entry: PermissionEntry = permissions[access as Permission];
      return entry.whileViewing ?? 'none';
    };
    const wrong = routes.filter((route) => {
      const kind = classOf(route);
      return kind !== 'platform' && (kind === 'never') !== (guardOf(route) === 'never');
    });
    assert.deepEqual(wrong.map(nameOf), []);
  });

  it('records what was refused with both people', async () => {
    const rows = await platform.world.database.owner<{ count: number }>(
      `select count(*)::int as count from events where action = 'permission.refused' and impersonator_id is not null`,
    );
    assert.ok((rows[0]?.count ?? 0) > 100);
  });
});
