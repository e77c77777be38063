import assert from 'node:assert/strict';
import { areas } from '../../../../api/areas.ts';
import { methodOf } from '../../../../api/kit/mount.ts';
import type { AnyRoute } from '../../../../api/kit/route.ts';
import { permissionsOf } from '../../../../db/domain/permissions.ts';
import { insertSubscription } from '../../../../db/repos/billing/subscriptions.ts';
import { admitCall } from '../../../../db/repos/integrations/admission.ts';
import { assertAdmitted } from '../../../../activities/mcp/gateway/refusals.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import { type Answer, type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { subscriptionOf } from '../../../support/billing.ts';
import { scope } from '../../../support/database.ts';
import { newClientChecklist } from '../../../../templates/workflows/new-client-checklist.ts';
import type { InputOf } from '../../../../workflows/define.ts';
import { runTemplateContract } from '../../../../workflows/runs/run-template.contract.ts';

const routes = areas.filter(({ side }) => side !== 'admin').flatMap((area) => area.routes);
const owners = permissionsOf('owner');
const nameOf = (route: AnyRoute) => `${methodOf(route).toUpperCase()} ${route.path}`;

/** What a business reaches whatever it owes: its bills, its accounts, signing in and out, and help. */
const open = [
  /^\/(app|api\/client)\/(billing|invoices|subscription|support-access)\b/,
  /^\/(account\/|confirm-identity$)/,
  /^\/api\/session\b/,
  /^\/api\/client\/(api-keys|sessions)\b/,
  /^\/(businesses|pictures|help|sign-out|view\/end|verify-email\/resend)\b/,
  /^\/api\/(impersonation\/end|client\/email-confirmations)$/,
];
const isOpen = ({ path, access }: AnyRoute) =>
  access === 'public' || open.some((pattern) => pattern.test(path));
const changes = (route: AnyRoute) => methodOf(route) !== 'get';

/** Others would end the session, or stream for as long as someone listens. */
const asked = routes.filter(
  (route) =>
    !/\/(sign-out|live)$/.test(route.path) &&
    route.kind !== 'hook' &&
    (route.access === 'public' || route.access === 'signed-in' || owners.has(route.access)),
);

function send(caller: Caller, route: AnyRoute): Promise<Answer> {
  const address = route.path.replace(/:(\w+)/g, 'nothing_here');
  if (route.kind === 'form') return caller.form(address, {});
  const method = methodOf(route).toUpperCase();
  return caller.call(method, address, method === 'GET' ? undefined : {});
}

describe('[BIL-4] what a business with an unpaid invoice still reaches', function () {
  this.timeout(60_000);
  let platform: Platform;
  let owner: Awaited<ReturnType<Platform['business']>>;
  before(async () => {
    platform = await startPlatform();
    owner = await platform.business('Owing Ltd');
    await platform.world.database.db.inScope(scope({ tenantId: owner.tenantId }), (tx) =>
      insertSubscription(tx, subscriptionOf(owner.tenantId)),
    );
  });
  after(() => platform.stop());

  const setAccess = (access: string) =>
    platform.world.database.owner('update subscriptions set access = $2 where tenant_id = $1', [
      owner.tenantId,
      access,
    ]);
  /** Whether the refusal is the one for unpaid invoices, as JSON or as a page with the way to billing. */
  const isUnpaid = ({ status, body, text }: Answer, access: string) =>
    status === 402 &&
    (body
      ? body.code === `subscription.${access}` && body.link === '/app/billing'
      : text.includes('href="/app/billing"'));

  for (const access of ['restricted', 'suspended'] as const) {
    it(`${access}: every route is open or refused as it should be`, async () => {
      await setAccess(access);
      const wrong: string[] = [];
      let refused = 0;
      for (const route of asked) {
        const answer = await send(owner, route);
        const expected = !isOpen(route) && (access === 'suspended' || changes(route));
        if (expected) refused += 1;
        if (isUnpaid(answer, access) !== expected)
          wrong.push(`${nameOf(route)} gave ${answer.status} ${answer.text.slice(0, 80)}`);
      }
      assert.deepEqual(wrong, []);
      assert.ok(refused > 40, `${refused}`);
    });
  }

  it('opens everything again, and says above every page what is wrong meanwhile', async () => {
    await setAccess('restricted');
    assert.match((await owner.call('GET', '/app')).text, /nothing can be changed until it’s paid/);
    await setAccess('full');
    assert.doesNotMatch((await owner.call('GET', '/app')).text, /until it’s paid/);
    const wrong = [];
    for (const route of asked.filter((one) => changes(one) && !isOpen(one)).slice(0, 20))
      if ((await send(owner, route)).status === 402) wrong.push(nameOf(route));
    assert.deepEqual(wrong, []);
  });

  it('stays with administrators as it is', async () => {
    await setAccess('suspended');
    const admin = await platform.admin();
    assert.equal((await admin.call('GET', `/api/admin/tenants/${owner.tenantId}`)).status, 200);
  });

  it('refuses tools at the gateway, and workflow templates at their start', async () => {
    const { db } = platform.world.database;
    for (const access of ['restricted', 'suspended'] as const) {
      await setAccess(access);
      const code = `subscription.${access}`;
      const isRefused = (error: unknown) => error instanceof AppError && error.code === code;
      const call = {
        server: 'stripe',
        tool: 'stripe_list_charges',
        grantees: [],
        perMinute: 60,
        burst: 5,
        test: true,
      };
      const admission = await db.inScope(scope({ tenantId: owner.tenantId }), (tx) => admitCall(tx, call));
      assert.throws(() => assertAdmitted(admission, Date.now(), true), isRefused);
      const { id, definition } = newClientChecklist;
      const by = { type: 'user', id: owner.userId } as const;
      const started = await platform.processes.start(
        runTemplateContract,
        {
          ...{ tenantId: owner.tenantId, templateId: id, version: 1, runKey: access, by, reason: null },
          parameters: { client: 'Ada', email: 'ada@example.com', tasks: ['Call'] },
          bundle: { root: definition, used: {} },
        } as unknown as InputOf<typeof runTemplateContract>,
        by,
      );
      await assert.rejects(platform.processes.result(runTemplateContract, started.workflowId), isRefused);
    }
  });
});
