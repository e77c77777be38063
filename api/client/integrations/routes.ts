import { z } from 'zod';
import { lifecycleOf } from '../../../db/domain/integrations/lifecycle.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { toolsCopy } from '../../../templates/client/integrations/copy.ts';
import { marketplaceCopy } from '../../../templates/client/integrations/marketplace-copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';
import { defineAction } from '../../kit/action.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { grantsForm, saveGrants } from './grants.ts';
import { connectRoutes } from './routes-connect.ts';
import { webhookRoutes } from './routes-webhooks.ts';
import { testRoutes } from './routes-test.ts';
import { tryRoutes } from './routes-try.ts';
import { marketplacePage, readIntegrations } from './marketplace.ts';
import { connectionPage, readConnection } from './view.ts';
import { connectionsContributions } from './contributions.ts';

const params = z.object({ server: kebabName });
const list = z.object({
  q: z.string().max(100).optional(),
  category: kebabName.optional(),
  state: z.enum(['connected', 'needsReconnect', 'available']).optional(),
});
/** Empty filters of a form are dropped. */
const listQuery = z.preprocess(
  (query) => Object.fromEntries(Object.entries(query as object).filter(([, value]) => value !== '')),
  list,
);

const connectionState = z.enum(['available', 'connected', 'needsReconnect', 'disconnected']);
const lifecycle = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('on') }),
  z.object({ kind: z.literal('turnedOff'), since: z.string().nullable() }),
  z.object({ kind: z.literal('ending'), lastDay: z.string(), successor: z.string().nullable() }),
  z.object({ kind: z.literal('ended'), lastDay: z.string().nullable(), successor: z.string().nullable() }),
]);
const integration = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  category: z.string(),
  state: connectionState,
  account: z.string().nullable(),
  since: z.string().nullable(),
  /** Whether the platform has turned it off, or when it ends. */
  lifecycle,
  featured: z.boolean(),
  chosen: z.boolean(),
  thirdParty: z.boolean(),
});

export const connectionsArea: Area = {
  side: 'client',
  nav: [
    {
      title: marketplaceCopy.title,
      href: paths.integrations,
      icon: 'plug-connected',
      group: 'Automation',
      permission: 'tools.read',
    },
  ],
  routes: [
    definePage({
      path: '/app/integrations',
      access: 'tools.read',
      query: listQuery,
      show: (context, { query }) => marketplacePage(context, query),
    }),
    definePage({
      path: '/app/integrations/:server',
      access: 'tools.read',
      params,
      show: (context, { params: { server } }) => connectionPage(context, server),
    }),
    ...defineAction({
      paths: {
        api: '/api/client/integrations/:server/grants',
        form: '/app/integrations/:server/grants',
      },
      method: 'PUT',
      access: 'tools.manage',
      summary: 'Set who may use which tools of an integration',
      params,
      body: grantsForm,
      response: z.object({ added: z.number(), removed: z.number() }),
      errors: ['server.not-found', 'connection.missing'],
      run: (context, { params: { server }, body }) => saveGrants(context, server, body.grants),
      answer: async (_context, saved) => saved,
      done: ({ added, removed }) =>
        added + removed === 0 ? toolsCopy.unchanged : toolsCopy.saved(added, removed),
      then: (_saved, { params: { server } }) => paths.integration(server),
    }),
    ...connectRoutes,
    ...testRoutes,
    ...webhookRoutes,
    ...tryRoutes,
    defineRoute({
      method: 'GET',
      path: '/api/client/integrations',
      access: 'tools.read',
      summary: 'All integrations and which of them are connected',
      query: listQuery,
      response: z.object({ items: z.array(integration) }),
      handle: async (context, { query }) => ({
        items: (await readIntegrations(context, query)).map((row) => ({
          ...row,
          category: row.category.title,
        })),
      }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/client/integrations/:server',
      access: 'tools.read',
      summary: 'One integration: its credential form, its tools and who may use them',
      params,
      response: z.object({
        name: z.string(),
        title: z.string(),
        state: connectionState,
        account: z.string().nullable(),
        lifecycle,
        auth: z.string(),
        fields: z.array(z.looseObject({ key: z.string(), label: z.string(), secret: z.boolean() })),
        tools: z.array(
          z.object({
            name: z.string(),
            title: z.string(),
            risk: z.string(),
            state: z.string(),
            inputSchema: z.record(z.string(), z.unknown()),
            grantees: z.array(z.string()),
          }),
        ),
      }),
      errors: ['server.not-found'],
      async handle(context, { params: { server } }) {
        const found = await readConnection(context, server);
        return {
          name: found.server.name,
          title: found.server.title,
          state: found.connection?.status ?? ('available' as const),
          account: found.connection?.accountLabel ?? null,
          lifecycle: lifecycleOf(found.server),
          auth: found.server.auth.kind,
          fields: found.server.credentialFields,
          tools: found.tools.map(({ name, title, risk, state, definition }) => ({
            name,
            title,
            risk,
            state,
            inputSchema: definition.inputSchema,
            grantees: found.grants.filter(({ tool }) => tool === name).map(({ grantee }) => grantee),
          })),
        };
      },
    }),
  ],
  ...connectionsContributions,
};
