import { z } from 'zod';
import { countInReview } from '../../../db/repos/integrations/tools.ts';
import type { Area } from '../../kit/area.ts';
import { type AnyRoute, definePage, defineRoute } from '../../kit/route.ts';
import { optionalParam, paged, pageOf } from '../shared/query.ts';
import { approveToolsRoutes } from './approve-tools.ts';
import { categoryRoutes } from './categories.ts';
import { editServerRoutes } from './edit-server.ts';
import { deprecateRoutes } from './deprecate.ts';
import { readServer, readServers, readTool } from './read.ts';
import { registerRoutes } from './register.ts';
import * as shapes from './schemas.ts';
import { serverActions } from './server-actions.ts';
import { toolActions } from './tool-actions.ts';
import { usageRoutes } from './usage.ts';
import { readTenants, serverPage, serversPage, serverTabs, toolPage } from './view.ts';

const reads: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/connections',
    access: 'registry.read',
    summary: 'Services of the registry with health, adoption and the use of the last seven days',
    query: shapes.serverQuery,
    response: pageOf(shapes.serverItem),
    handle: (context, { query }) => readServers(context, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/connections/servers/:server',
    access: 'registry.read',
    summary: 'One service: what it is, its tools, its health and who uses it',
    params: shapes.serverParams,
    response: shapes.serverDetail,
    errors: ['server.not-found'],
    handle: async (context, { params }) => (await readServer(context, params.server)).detail,
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/connections/servers/:server/tenants',
    access: 'registry.read',
    summary: 'The tenants that are or were connected to a service',
    params: shapes.serverParams,
    query: z.object(paged),
    response: pageOf(shapes.tenantItem),
    handle: (context, { params, query }) => readTenants(context, params.server, query.cursor, query.limit),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/connections/servers/:server/tools/:tool',
    access: 'registry.read',
    summary: 'One tool: what it says, what changed since it was approved, and its versions',
    params: shapes.toolParams,
    response: shapes.toolDetail,
    errors: ['server.not-found', 'tool.not-found'],
    handle: async (context, { params }) => (await readTool(context, params.server, params.tool)).detail,
  }),
];

const pages: AnyRoute[] = [
  definePage({
    path: '/admin/connections',
    access: 'registry.read',
    query: shapes.serverQuery,
    show: (context, { query }) => serversPage(context, query),
  }),
  definePage({
    path: '/admin/connections/servers/:server',
    access: 'registry.read',
    params: shapes.serverParams,
    query: z.object({
      tab: z.enum(serverTabs).catch('overview'),
      cursor: optionalParam(z.string().max(500)),
    }),
    show: (context, { params, query }) => serverPage(context, params.server, query),
  }),
  definePage({
    path: '/admin/connections/servers/:server/tools/:tool',
    access: 'registry.read',
    params: shapes.toolParams,
    show: (context, { params }) => toolPage(context, params.server, params.tool),
  }),
];

/** The registry of services, for the platform's people; partners read. */
export const registryArea: Area = {
  side: 'admin',
  nav: [
    {
      title: 'Services',
      href: '/admin/connections',
      icon: 'plug-connected',
      group: 'Connections (MCP)',
      permission: 'registry.read',
      pendingCount: countInReview,
    },
    {
      title: 'Use of services',
      href: '/admin/connections/usage',
      icon: 'chart-bar',
      group: 'Connections (MCP)',
      permission: 'registry.read',
    },
  ],
  routes: [
    ...registerRoutes,
    ...editServerRoutes,
    ...approveToolsRoutes,
    ...reads,
    ...serverActions,
    ...toolActions,
    ...deprecateRoutes,
    ...categoryRoutes,
    ...usageRoutes,
    ...pages,
  ],
};
