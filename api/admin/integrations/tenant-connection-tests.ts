import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { listConnections } from '../../../db/repos/integrations/connections.ts';
import { getServer } from '../../../db/repos/integrations/servers.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { catchExpected } from '../../kit/catch-expected.ts';
import { assertUsable, flashOf, testAnswer, testConnection } from '../../kit/connection-test.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type AnyRoute, defineForm, defineRoute } from '../../kit/route.ts';
import { tenantParams } from '../shared/query.ts';

const params = tenantParams.extend({ server: kebabName });

async function test(context: RequestContext, { tenantId, server }: z.infer<typeof params>) {
  const { found, at } = await context.deps.db.inScope(context.overview(), async (tx) => {
    await tenants.get(tx, tenantId);
    const connections = await listConnections(tx, tenantId);
    return {
      found: connections.find((one) => one.server === server),
      at: await getServer(tx, server),
    };
  });
  if (!found || found.status === 'disconnected') throw new AppError('connection.not-found');
  assertUsable(at);
  return testConnection(context, { tenantId, server, title: at.title });
}

/** Support staff can test a tenant's connection; its credentials and data stay with the tenant. */
export const connectionTestRoutes: AnyRoute[] = [
  defineForm({
    path: '/admin/tenants/:tenantId/connections/:server/test',
    access: 'tenants.support',
    params,
    body: z.object({}),
    async submit(context, { params: at }) {
      const done = await catchExpected(() => test(context, at));
      return {
        to: withQuery(paths.tenant(at.tenantId), { tab: 'connections' }),
        flash: 'problem' in done ? { kind: 'problem', text: done.problem } : flashOf(done.value),
      };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/admin/tenants/:tenantId/connections/:server/test',
    access: 'tenants.support',
    summary: 'Ask a connected service of a tenant now whether it answers and accepts the access',
    params,
    response: testAnswer,
    errors: [
      'tenant.not-found',
      'connection.not-found',
      'server.not-found',
      'server.disabled',
      'server.off',
      'process.timeout',
    ],
    handle: (context, { params: at }) => test(context, at),
  }),
];
