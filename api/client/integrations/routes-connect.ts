import { z } from 'zod';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { defineAction } from '../../kit/action.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { definePage } from '../../kit/route.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { callbackFrom, handleCallback, connectByForm, disconnectServer, startOAuth } from './connecting.ts';
import { connectCopy, disconnectCopy } from '../../../templates/client/integrations/copy.ts';
import { paths } from '../../../templates/paths.ts';
import { returnToOf } from '../../kit/return-to.ts';
import { followSlowRun } from '../../kit/slow-run.ts';
import { connectionPage } from './view.ts';

const params = z.object({ server: kebabName });
const credentials = z.record(z.string(), z.string().max(8_000));
const connected = z.object({ connectionId: z.string(), accountLabel: z.string() });
const errors = [
  'server.not-found',
  'server.off',
  'connection.refused',
  'tool.vendor-unavailable',
  'oauth.failed',
];

/** Connect by credentials or OAuth, and disconnect. */
export const connectRoutes: AnyRoute[] = [
  ...defineAction({
    paths: { api: '/api/client/integrations/:server/connect', form: '/app/integrations/:server/connect' },
    access: 'tools.manage',
    whileViewing: 'never',
    summary: 'Connect a server with its credentials, after a test',
    params,
    body: credentials,
    secret: true,
    status: 201,
    response: connected,
    errors,
    run: (context, { params: { server }, body }) => connectByForm(context, server, body),
    answer: async (_context, connection) => connection,
    done: ({ title }) => connectCopy.connected(title),
    slow: { text: connectCopy.slow, to: ({ server }) => paths.integration(server) },
    then: (_connection, { params: { server } }, context) => returnToOf(context) ?? paths.integration(server),
    rerender: (context, { params: { server }, form }) => connectionPage(context, server, form),
  }),
  ...defineAction({
    paths: {
      api: '/api/client/integrations/:server/authorize',
      form: '/app/integrations/:server/authorize',
    },
    access: 'tools.manage',
    whileViewing: 'never',
    summary: 'The vendor’s authorization URL; `back` is the page of the portal to return to',
    params,
    query: z.object({ back: z.string().max(300).optional() }),
    response: z.object({ url: z.string() }),
    errors,
    run: (context, { params: { server } }) => startOAuth(context, server, returnToOf(context)),
    answer: async (_context, authorization) => authorization,
    then: ({ url }) => url,
    rerender: (context, { params: { server }, form }) => connectionPage(context, server, form),
  }),
  definePage({
    path: '/app/integrations/:server/callback',
    access: 'tools.manage',
    whileViewing: 'never',
    params,
    query: z.record(z.string(), z.string().max(4_000)),
    async show(context, { params: { server }, query }) {
      const to = callbackFrom(query) ?? paths.integration(server);
      try {
        const { title } = await handleCallback(context, server, query);
        return { to, flash: { kind: 'done', text: connectCopy.connected(title) } };
      } catch (error) {
        if (error instanceof AppError && error.code === 'process.timeout') {
          const run = String(context.response.locals['workflowId']);
          return { to, flash: await followSlowRun(context, error, { run, text: connectCopy.slow }) };
        }
        if (!(error instanceof AppError) || error.status >= 500) throw error;
        // A callback that was used or is too old reaches a process that has ended.
        const text = error.code === 'run.ended' ? new AppError('oauth.failed').message : error.message;
        return { to, flash: { kind: 'problem', text } };
      }
    },
  }),
  ...defineAction({
    paths: {
      api: '/api/client/integrations/:server/disconnect',
      form: '/app/integrations/:server/disconnect',
    },
    access: 'tools.manage',
    summary: 'Disconnect a server',
    params,
    response: z.object({ revoked: z.boolean() }),
    errors: ['connection.not-found'],
    run: (context, { params: { server } }) => disconnectServer(context, server),
    answer: async (_context, disconnected) => disconnected,
    done: ({ revoked }) => (revoked ? disconnectCopy.revoked : disconnectCopy.notRevoked),
    then: (_disconnected, { params: { server } }) => paths.integration(server),
  }),
];
