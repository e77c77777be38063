import { z } from 'zod';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { callbackFrom, handleCallback, connectByForm, disconnectServer, startOAuth } from './connecting.ts';
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

/** The ways into and out of a connection. */
export const connectRoutes: AnyRoute[] = [
  defineForm({
    path: '/app/connections/:server/connect',
    access: 'tools.manage',
    params,
    body: credentials,
    async submit(context, { params: { server }, body }) {
      const { accountLabel } = await connectByForm(context, server, body);
      return {
        to: returnToOf(context) ?? `/app/connections/${server}`,
        flash: { kind: 'done', text: `${accountLabel} is connected.` },
      };
    },
    again: (context, { params: { server }, form }) => connectionPage(context, server, form),
  }),
  defineForm({
    path: '/app/connections/:server/authorize',
    access: 'tools.manage',
    params,
    body: z.object({}),
    submit: async (context, { params: { server } }) => ({
      to: (await startOAuth(context, server, returnToOf(context))).url,
    }),
    again: (context, { params: { server }, form }) => connectionPage(context, server, form),
  }),
  definePage({
    path: '/app/connections/:server/callback',
    access: 'tools.manage',
    params,
    query: z.record(z.string(), z.string().max(4_000)),
    async show(context, { params: { server }, query }) {
      const to = callbackFrom(query) ?? `/app/connections/${server}`;
      try {
        const { accountLabel } = await handleCallback(context, server, query);
        return { to, flash: { kind: 'done', text: `${accountLabel} is connected.` } };
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error;
        // A way back that was used or is too old ends in a process that has ended.
        const text = error.code === 'run.ended' ? new AppError('oauth.failed').message : error.message;
        return { to, flash: { kind: 'problem', text } };
      }
    },
  }),
  defineForm({
    path: '/app/connections/:server/disconnect',
    access: 'tools.manage',
    params,
    body: z.object({}),
    async submit(context, { params: { server } }) {
      const { revoked } = await disconnectServer(context, server);
      const text = revoked
        ? 'Disconnected. The service has forgotten our access.'
        : 'Disconnected. Remove our access at the service too, if it is listed there.';
      return { to: `/app/connections/${server}`, flash: { kind: 'done', text } };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/connections/:server/connect',
    access: 'tools.manage',
    summary: 'Connect a service with its credentials, after they have proved to work',
    params,
    body: credentials,
    status: 201,
    response: connected,
    errors,
    handle: (context, { params: { server }, body }) => connectByForm(context, server, body),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/connections/:server/authorize',
    access: 'tools.manage',
    summary: 'Where to agree that a service may be used; `back` is the page of the workspace to end at',
    params,
    query: z.object({ back: z.string().max(300).optional() }),
    response: z.object({ url: z.string() }),
    errors,
    handle: (context, { params: { server } }) => startOAuth(context, server, returnToOf(context)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/connections/:server/disconnect',
    access: 'tools.manage',
    summary: 'Disconnect a service',
    params,
    response: z.object({ revoked: z.boolean() }),
    errors: ['connection.not-found'],
    handle: (context, { params: { server } }) => disconnectServer(context, server),
  }),
];
