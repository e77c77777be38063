import { z } from 'zod';
import { countInReview } from '../../../db/repos/integrations/tools.ts';
import {
  integrationsTitle,
  serversCopy,
  usageCopy,
} from '../../../templates/admin/integrations/copy/registry.ts';
import { paths } from '../../../templates/paths.ts';
import { defineCsv } from '../../kit/csv.ts';
import type { Area } from '../../kit/area.ts';
import { type AnyRoute, definePage, defineRoute } from '../../kit/route.ts';
import { optionalParam, paged, pageOf } from '../shared/query.ts';
import { approveToolsRoutes } from './approve-tools.ts';
import { categoryRoutes } from './categories.ts';
import { integrationsContributions } from './contributions.ts';
import { editServerRoutes } from './edit-server.ts';
import { deprecateRoutes } from './deprecate.ts';
import { readServer, readServers, readTool } from './read.ts';
import { registerRoutes } from './register.ts';
import * as shapes from './schemas.ts';
import { serverActions } from './server-actions.ts';
import { toolActions } from './tool-actions.ts';
import { usageRoutes } from './usage.ts';
import { readTenants, serverPage, serversPage, serverTabs, toolPage } from './view.ts';

const registryCsv = defineCsv({
  path: paths.registryCsv,
  access: 'registry.read',
  action: 'registry.exported',
  filename: 'integrations.csv',
  query: shapes.serverQuery,
  read: (context, query: shapes.ServerQuery) => readServers(context, query),
  columns: {
    name: (server) => server.name,
    title: (server) => server.title,
    category: (server) => server.category,
    kind: (server) => server.kind,
    version: (server) => server.version,
    state: (server) => server.status,
    health: (server) => server.health.status,
    tenants: (server) => server.connected,
    toolsQuarantined: (server) => server.toolsQuarantined,
    callsIn7Days: (server) => server.lastWeek.calls,
    errorRate: (server) => server.lastWeek.errorRate,
    p95Ms: (server) => server.lastWeek.p95Ms,
  },
});

const reads: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/integrations',
    access: 'registry.read',
    summary: 'Servers of the registry with health, adoption and the usage of the last seven days',
    query: shapes.serverQuery,
    response: pageOf(shapes.serverItem),
    handle: (context, { query }) => readServers(context, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/integrations/servers/:server',
    access: 'registry.read',
    summary: 'One server: its details, tools, health and adoption',
    params: shapes.serverParams,
    response: shapes.serverDetail,
    errors: ['server.not-found'],
    handle: async (context, { params }) => (await readServer(context, params.server)).detail,
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/integrations/servers/:server/tenants',
    access: 'registry.read',
    summary: 'The tenants that are or were connected to a server',
    params: shapes.serverParams,
    query: z.object(paged),
    response: pageOf(shapes.tenantItem),
    handle: (context, { params, query }) => readTenants(context, params.server, query.cursor, query.limit),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/integrations/servers/:server/tools/:tool',
    access: 'registry.read',
    summary: 'One tool: its definition, what changed since it was approved, and its versions',
    params: shapes.toolParams,
    response: shapes.toolDetail,
    errors: ['server.not-found', 'tool.not-found'],
    handle: async (context, { params }) => (await readTool(context, params.server, params.tool)).detail,
  }),
];

const pages: AnyRoute[] = [
  definePage({
    path: '/admin/integrations',
    access: 'registry.read',
    query: shapes.serverQuery,
    show: (context, { query }) => serversPage(context, query),
  }),
  definePage({
    path: '/admin/integrations/servers/:server',
    access: 'registry.read',
    params: shapes.serverParams,
    query: z.object({
      tab: z.enum(serverTabs).catch('overview'),
      cursor: optionalParam(z.string().max(500)),
    }),
    show: (context, { params, query }) => serverPage(context, params.server, query),
  }),
  definePage({
    path: '/admin/integrations/servers/:server/tools/:tool',
    access: 'registry.read',
    params: shapes.toolParams,
    show: (context, { params }) => toolPage(context, params.server, params.tool),
  }),
];

/** The registry of MCP servers: administrators manage it, partners read it. */
export const registryArea: Area = {
  side: 'admin',
  nav: [
    {
      title: integrationsTitle,
      tabTitle: serversCopy.title,
      href: paths.registry,
      icon: 'plug-connected',
      group: 'Product',
      permission: 'registry.read',
      pendingCount: countInReview,
    },
    {
      title: usageCopy.title,
      href: paths.usage,
      icon: 'chart-bar',
      group: 'Product',
      permission: 'registry.read',
      tabOf: paths.registry,
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
    registryCsv,
    ...pages,
  ],
  commands: () => [
    {
      title: serversCopy.register,
      words: 'mcp npm package remote add',
      href: paths.registerServer,
      permission: 'registry.manage',
    },
  ],
  ...integrationsContributions,
};
