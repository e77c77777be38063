import type { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { listConnections } from '../../../db/repos/integrations/connections.ts';
import { getServer } from '../../../db/repos/integrations/servers.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import { assertUsable, flashOf, testAnswer, testConnection } from '../../kit/connection-test.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { tenantParams } from '../shared/query.ts';

const params = tenantParams.extend({ server: kebabName });

const connectionsTab = (tenantId: string) => withQuery(paths.tenant(tenantId), { tab: 'connections' });

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
export const connectionTestRoutes: AnyRoute[] = defineAction({
  paths: {
    api: '/api/admin/tenants/:tenantId/connections/:server/test',
    form: '/admin/tenants/:tenantId/connections/:server/test',
  },
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
  run: (context, { params: at }) => test(context, at),
  answer: async (_context, tested) => tested,
  done: flashOf,
  then: (_tested, { params: { tenantId } }) => connectionsTab(tenantId),
  refusedTo: ({ tenantId }) => connectionsTab(tenantId),
});
