import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { findConnection } from '../../../db/repos/integrations/connections.ts';
import { getServer } from '../../../db/repos/integrations/servers.ts';
import { assertUsable, flashOf, testAnswer, testConnection } from '../../kit/connection-test.ts';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AnyRoute } from '../../kit/route.ts';

const params = z.object({ server: kebabName });

async function test(context: RequestContext, server: string) {
  const scope = context.tenant();
  const { found, at } = await context.deps.db.inScope(scope, async (tx) => ({
    found: await findConnection(tx, server),
    at: await getServer(tx, server),
  }));
  if (!found || found.status === 'disconnected') throw new AppError('connection.not-found');
  assertUsable(at);
  return testConnection(context, { tenantId: scope.tenantId, server, title: at.title });
}

/** Tests a connection on request. */
export const testRoutes: AnyRoute[] = defineAction({
  paths: { api: '/api/client/integrations/:server/test', form: '/app/integrations/:server/test' },
  access: 'tools.manage',
  summary: 'Test whether a connected server responds and accepts our access',
  params,
  response: testAnswer,
  errors: ['connection.not-found', 'server.not-found', 'server.disabled', 'server.off', 'process.timeout'],
  run: (context, { params: { server } }) => test(context, server),
  answer: async (_context, tested) => tested,
  done: flashOf,
  then: (_tested, { params: { server } }) => paths.integration(server),
  refusedTo: ({ server }) => paths.integration(server),
});
