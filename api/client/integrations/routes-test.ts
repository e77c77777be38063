import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { findConnection } from '../../../db/repos/integrations/connections.ts';
import { getServer } from '../../../db/repos/integrations/servers.ts';
import { flashOf, testAnswer, testConnection } from '../../kit/connection-test.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type AnyRoute, defineForm, defineRoute } from '../../kit/route.ts';
import { connectionPage } from './view.ts';

const params = z.object({ server: kebabName });

async function test(context: RequestContext, server: string) {
  const scope = context.tenant();
  const { found, title } = await context.deps.db.inScope(scope, async (tx) => ({
    found: await findConnection(tx, server),
    title: (await getServer(tx, server)).title,
  }));
  if (!found || found.status === 'disconnected') throw new AppError('connection.not-found');
  return testConnection(context, { tenantId: scope.tenantId, server, title });
}

/** Tests a connection on request. */
export const testRoutes: AnyRoute[] = [
  defineForm({
    path: '/app/integrations/:server/test',
    access: 'tools.manage',
    params,
    body: z.object({}),
    submit: async (context, { params: { server } }) => ({
      to: paths.integration(server),
      flash: flashOf(await test(context, server)),
    }),
    again: (context, { params: { server }, form }) => connectionPage(context, server, form),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/integrations/:server/test',
    access: 'tools.manage',
    summary: 'Test whether a connected server responds and accepts our access',
    params,
    response: testAnswer,
    errors: ['connection.not-found', 'server.not-found', 'process.timeout'],
    handle: (context, { params: { server } }) => test(context, server),
  }),
];
