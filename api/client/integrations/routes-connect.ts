import { z } from 'zod';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { callbackFrom, handleCallback, connectByForm, disconnectServer, startOAuth } from './connecting.ts';
import { connectCopy, disconnectCopy } from '../../../templates/client/integrations/copy.ts';
import { paths } from '../../../templates/paths.ts';
import { returnToOf } from '../../kit/return-to.ts';
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
  defineForm({
    path: '/app/integrations/:server/connect',
    access: 'tools.manage',
    params,
    body: credentials,
    secret: true,
    async submit(context, { params: { server }, body }) {
      const { title } = await connectByForm(context, server, body);
      return {
        to: returnToOf(context) ?? paths.integration(server),
        flash: { kind: 'done', text: connectCopy.connected(title) },
      };
    },
    again: (context, { params: { server }, form }) => connectionPage(context, server, form),
  }),
  defineForm({
    path: '/app/integrations/:server/authorize',
    access: 'tools.manage',
    params,
    body: z.object({}),
    submit: async (context, { params: { server } }) => ({
      to: (await startOAuth(context, server, returnToOf(context))).url,
    }),
    again: (context, { params: { server }, form }) => connectionPage(context, server, form),
  }),
  definePage({
    path: '/app/integrations/:server/callback',
    access: 'tools.manage',
    params,
    query: z.record(z.string(), z.string().max(4_000)),
    async show(context, { params: { server }, query }) {
      const to = callbackFrom(query) ?? paths.integration(server);
      try {
        const { title } = await handleCallback(context, server, query);
        return { to, flash: { kind: 'done', text: connectCopy.connected(title) } };
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error;
        // A callback that was used or is too old reaches a process that has ended.
        const text = error.code === 'run.ended' ? new AppError('oauth.failed').message : error.message;
        return { to, flash: { kind: 'problem', text } };
      }
    },
  }),
  defineForm({
    path: '/app/integrations/:server/disconnect',
    access: 'tools.manage',
    params,
    body: z.object({}),
    async submit(context, { params: { server } }) {
      const { revoked } = await disconnectServer(context, server);
      const text = revoked ? disconnectCopy.revoked : disconnectCopy.notRevoked;
      return { to: paths.integration(server), flash: { kind: 'done', text } };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/integrations/:server/connect',
    access: 'tools.manage',
    summary: 'Connect a server with its credentials, after a test',
    params,
    body: credentials,
    status: 201,
    response: connected,
    errors,
    handle: (context, { params: { server }, body }) => connectByForm(context, server, body),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/integrations/:server/authorize',
    access: 'tools.manage',
    summary: 'The vendor’s authorization URL; `back` is the page of the portal to return to',
    params,
    query: z.object({ back: z.string().max(300).optional() }),
    response: z.object({ url: z.string() }),
    errors,
    handle: (context, { params: { server } }) => startOAuth(context, server, returnToOf(context)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/integrations/:server/disconnect',
    access: 'tools.manage',
    summary: 'Disconnect a server',
    params,
    response: z.object({ revoked: z.boolean() }),
    errors: ['connection.not-found'],
    handle: (context, { params: { server } }) => disconnectServer(context, server),
  }),
];
