import { sessionsCopy as copy } from '../../../templates/admin/identity/copy.ts';
import { TenantSessions } from '../../../templates/admin/identity/tenant-sessions.tsx';
import { deviceName } from '../../../db/domain/identity/device.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { TenantTab } from '../../kit/contributions.ts';
import { keptKey } from '../../kit/idempotency-key.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { tenantParams } from '../shared/query.ts';
import { revocation, revoke, revoked } from './revoke.ts';

const most = 200;

/** Who is signed in at a tenant, and the way to sign everyone out. */
export const tenantSessionsTab: TenantTab = {
  key: 'sessions',
  title: 'Sessions',
  permission: 'sessions.revoke',
  order: 25,
  async show(context, { line }, { refused }) {
    const open = await context.deps.db.inScope(context.scope('platform'), (tx) =>
      sessions.listOpenInTenant(tx, line.id, most),
    );
    return TenantSessions({
      frame: pageContextOf(context),
      tenant: { id: line.id, name: line.name },
      sessions: open.map(({ userAgent, lastSeenAt, ...rest }) => ({
        ...rest,
        device: deviceName(userAgent),
        lastSeenAt: lastSeenAt.toISOString(),
      })),
      requestKey: keptKey(refused?.form.values ?? {}),
      ...(refused && { refused: refused.form }),
    });
  },
  routes: (rerender) =>
    defineAction({
      paths: {
        api: '/api/admin/tenants/:tenantId/sessions/revoke',
        form: '/admin/tenants/:tenantId/sessions/revoke',
      },
      access: 'sessions.revoke',
      summary: 'Sign out everyone who works in a tenant',
      params: tenantParams,
      body: revocation,
      response: revoked,
      errors: ['tenant.not-found', 'process.timeout'],
      async run(context, { params: { tenantId }, body }) {
        await context.deps.db.inScope(context.overview(), (tx) => tenants.get(tx, tenantId));
        return revoke(context, tenantId, { kind: 'tenant' }, body);
      },
      answer: async (_context, result) => result,
      done: ({ ended }) => copy.done(ended),
      then: (_result, { params: { tenantId } }) => withQuery(paths.tenant(tenantId), { tab: 'sessions' }),
      rerender: (context, { params: { tenantId }, form }) =>
        rerender(context, tenantId, { action: 'sessions', form }),
    }),
};
