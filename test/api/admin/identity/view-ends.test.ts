import assert from 'node:assert/strict';
import { AppError } from '../../../../db/domain/errors.ts';
import type { Tx } from '../../../../db/scope.ts';
import * as sessions from '../../../../db/repos/identity/sessions.ts';
import * as accounts from '../../../../db/repos/people/accounts.ts';
import * as views from '../../../../db/repos/identity/views.ts';
import { workflowId } from '../../../../workflows/define.ts';
import { impersonateUserContract } from '../../../../workflows/identity/impersonate-user.contract.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { scope } from '../../../support/database.ts';
import { sameBrowser, viewAs } from '../../../support/views.ts';
import { eventually } from '../../../support/world.ts';

describe('[SEC-2] every end of a view', function () {
  this.timeout(60_000);
  let platform: Platform;
  let client: Awaited<ReturnType<Platform['business']>>;
  let observer: Caller;

  before(async () => {
    platform = await startPlatform();
    [client, observer] = [await platform.business(), await platform.admin()];
  });
  after(() => platform.stop());

  const sql = <Row = Record<string, unknown>>(text: string, params: unknown[] = []) =>
    platform.world.database.owner<Row>(text, params);
  const change = <T>(work: (tx: Tx) => Promise<T>) =>
    platform.world.database.db.inScope(scope('platform', 'usr_other'), work);
  const adminIdOf = async (id: string) =>
    (await sql<{ admin_id: string }>('select admin_id from auth.impersonations where id = $1', [id]))[0]
      ?.admin_id ?? '';

  /** What refuses at once, why, and that a certificate follows. */
  async function assertEnds(admin: Caller, id: string, reason: string): Promise<void> {
    // A client that keeps sending the cookie, as no browser would.
    const stubborn = sameBrowser(admin, platform.caller());
    const answers = await Promise.all(
      ['/api/session', '/api/client/team'].map((path) => stubborn.call('GET', path)),
    );
    assert.deepEqual(
      answers.map(({ status, body }) => `${status} ${body.code}`),
      Array(2).fill('401 view.ended'),
    );
    // The process finds out by the clock too, which the chaos test waits for.
    const [view] = await sql<{ tenant_id: string }>(
      'select tenant_id from auth.impersonations where id = $1',
      [id],
    );
    const run = workflowId(view?.tenant_id ?? '', impersonateUserContract.name, id);
    await platform.processes
      .signal(impersonateUserContract, run, 'viewChanged', null)
      .catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'run.ended') throw error;
      });
    const ended = await eventually(
      () => observer.call('GET', `/api/admin/impersonations/${id}`),
      ({ body }) => body.isCertified,
      40_000,
    );
    assert.equal(ended.body.endReason, reason);
    const events = await sql(
      `select 1 from events where action = 'impersonation.ended' and body @> $1::jsonb`,
      [JSON.stringify({ targets: [{ type: 'impersonation', id }] })],
    );
    assert.equal(events.length, 1);
  }

  it('by revocation, sign-out, the person’s sessions, the administrator’s session, freeze and leaving', async () => {
    const cases: [string, (id: string, admin: Caller) => Promise<unknown>][] = [
      [
        'revoked',
        (id) =>
          observer.form(`/admin/views/${id}/revoke`, { reason: 'No longer needed at all' }).then((answer) => {
            assert.equal(answer.headers.get('location'), `/admin/views/${id}`);
          }),
      ],
      [
        'ended',
        async (_id, admin) => {
          const own = admin.cookies.get('bizosaas.session_token');
          const kept = sameBrowser(admin, platform.caller());
          await kept.call('POST', '/api/session/sign-out');
          assert.equal(kept.cookies.get('bizosaas.session_token'), own);
        },
      ],
      [
        'session-ended',
        async () => {
          const open = await sql<{ id: string }>(
            'select id from auth.sessions where user_id = $1 and ended_at is null',
            [client.userId],
          );
          const kept = await sql<{ id: string }>(
            'select id from auth.sessions where user_id = $1 and impersonation_id is null',
            [client.userId],
          );
          const others = open.map(({ id }) => id).filter((id) => !kept.some((one) => one.id === id));
          await change((tx) => sessions.end(tx, others, 'signed-out-others'));
        },
      ],
      [
        'session-ended',
        async (id) => {
          const [row] = await sql<{ admin_session_id: string }>(
            'select admin_session_id from auth.impersonations where id = $1',
            [id],
          );
          await change((tx) => sessions.end(tx, [row?.admin_session_id ?? ''], 'revoked'));
        },
      ],
      ['frozen', () => change((tx) => views.endViewsOf(tx, { tenantId: client.tenantId }, 'frozen'))],
      [
        'password-reset',
        () => change((tx) => views.endViewsOf(tx, { userId: client.userId }, 'password-reset')),
      ],
    ];
    const open = [];
    // One after the other: freezing ends all of them.
    for (const [reason, end] of cases) {
      const admin = await platform.admin();
      const { id } = await viewAs(admin, client.userId);
      assert.equal((await admin.call('GET', '/api/session')).status, 200);
      const before = sameBrowser(admin, platform.caller());
      await end(id, admin);
      open.push({ id, reason, admin: before });
    }
    await Promise.all(open.map(({ admin, id, reason }) => assertEnds(admin, id, reason)));
    await assert.rejects(
      change((tx) => views.endViewsOf(tx, {}, 'frozen')),
      /whose views/,
    );
  });

  it('by demotion or suspension of the administrator and suspension of the person, at once and certified', async () => {
    const business = await platform.business();
    const [demoted, suspended, other] = [
      await platform.admin(),
      await platform.admin(),
      await platform.admin(),
    ];
    const opened = [
      await viewAs(demoted, client.userId),
      await viewAs(suspended, client.userId),
      await viewAs(other, business.userId),
    ] as const;
    await sql(`update users set platform_role = null where id = $1`, [await adminIdOf(opened[0].id)]);
    await sql(`update users set status = 'suspended' where id = any($1)`, [
      [await adminIdOf(opened[1].id), business.userId],
    ]);
    await Promise.all([
      assertEnds(demoted, opened[0].id, 'access-lost'),
      assertEnds(suspended, opened[1].id, 'access-lost'),
      assertEnds(other, opened[2].id, 'suspended'),
    ]);
  });

  it('by a role on the platform given to the person or taken from the administrator, for good', async () => {
    const business = await platform.business();
    const [risen, demoted] = [await platform.admin(), await platform.admin()];
    const opened = [await viewAs(risen, business.userId), await viewAs(demoted, client.userId)] as const;
    const adminId = await adminIdOf(opened[1].id);
    const setRole = (userId: string, role: 'superAdmin' | null) =>
      change((tx) =>
        accounts.setPlatformRole(tx, { userId, by: 'usr_other', reason: 'Moved', role, partnerId: null }),
      );
    // The person's business keeps another owner.
    await sql(`update memberships set role = 'member' where user_id = $1`, [business.userId]);
    await setRole(business.userId, 'superAdmin');
    await setRole(adminId, null);
    await setRole(adminId, 'superAdmin');
    await Promise.all([
      assertEnds(risen, opened[0].id, 'role-changed'),
      assertEnds(demoted, opened[1].id, 'access-lost'),
    ]);
  });

  it('by the clock of the database alone: that of the API machine may be an hour wrong', async () => {
    const admin = await platform.admin();
    const { id } = await viewAs(admin, client.userId);
    const RealDate = Date;
    const shifted = (byMs: number) =>
      class extends RealDate {
        constructor(...given: [] | [number]) {
          super(...((given.length === 0 ? [RealDate.now() + byMs] : given) as [number]));
        }
        static override now(): number {
          return RealDate.now() + byMs;
        }
      };
    const statuses = async () => {
      const found: number[] = [];
      for (const byMs of [-3_600_000, 0, 3_600_000]) {
        globalThis.Date = shifted(byMs) as DateConstructor;
        try {
          found.push((await sameBrowser(admin, platform.caller()).call('GET', '/api/session')).status);
        } finally {
          globalThis.Date = RealDate;
        }
      }
      return found;
    };
    assert.deepEqual(await statuses(), [200, 200, 200]);
    await sql(
      `update auth.impersonations set expires_at = now(), started_at = now() - interval '1 minute' where id = $1`,
      [id],
    );
    assert.deepEqual(await statuses(), [401, 401, 401]);
  });

  it('leads a browser back, ends live pages, and takes no request that comes too late', async () => {
    const admin = await platform.admin();
    const { id } = await viewAs(admin, client.userId);
    const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const live = await fetch(`${platform.url}/activity/live?run=00000000-0000-0000-0000-000000000000`, {
      headers: { cookie },
    });
    const stream = live.text();
    const refused = await admin.call('GET', '/account/security');
    assert.equal(refused.status, 403);
    assert.match(refused.text, /End the view first/);
    await observer.call('POST', `/api/admin/impersonations/${id}/revoke`, {});
    await stream;
    const page = await admin.call('GET', '/app');
    assert.deepEqual([page.status, page.headers.get('location')], [303, '/admin/views/ended']);
    assert.equal((await admin.call('GET', '/api/session')).body.role, 'superAdmin');
    const again = await admin.call('POST', '/api/impersonation/end');
    assert.equal(again.body.code, 'view.not-viewing');
    const { recordRequest } = await import('../../../../db/repos/identity/view-records.ts');
    const late = change((tx) =>
      recordRequest(tx, { viewId: id, route: 'GET /app', changes: false, data: {} }),
    );
    await assert.rejects(late, (error) => error instanceof AppError && error.code === 'view.ended');
  });
});
