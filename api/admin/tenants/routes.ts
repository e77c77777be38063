import { z } from 'zod';
import { inviteClientCopy, tenantsCopy } from '../../../templates/admin/tenants/copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';
import type { TenantHeadContribution } from '../../kit/contributions.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { optionalParam, pageOf, tenantParams } from '../shared/query.ts';
import { inviteClientRoutes } from './invite-client.ts';
import { tenantsContributions } from './contributions.ts';
import { tenantsCsv } from './export.ts';
import { readTenants, tenantsPage } from './list.ts';
import { readTenant, tenantHeadsOf } from './read.ts';
import * as shapes from './schemas.ts';
import { tenantPage, tenantTabsOf } from './view.ts';
import { viewRoutes } from './views.ts';

const api = (heads: readonly TenantHeadContribution[]) => [
  defineRoute({
    method: 'GET',
    path: '/api/admin/tenants',
    access: 'tenants.read',
    summary: 'Tenants with plan, state, onboarding step, revenue and open problems',
    query: shapes.tenantQuery,
    response: pageOf(shapes.tenantItem),
    async handle(context, { query }) {
      const { items, nextCursor } = await readTenants(context, query);
      return { items: items.map(shapes.toItem), nextCursor };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/tenants/:tenantId',
    access: 'tenants.read',
    summary: 'One tenant: plan, people and the progress of its onboarding',
    params: tenantParams,
    response: shapes.tenantDetailWith(heads),
    errors: ['tenant.not-found'],
    handle: async (context, { params }) => shapes.toDetail(await readTenant(context, heads, params.tenantId)),
  }),
];

const pages = (areas: readonly Area[]) => [
  definePage({
    path: '/admin/tenants',
    access: 'tenants.read',
    query: shapes.tenantQuery,
    show: (context) => tenantsPage(context, context.request.query),
  }),
  definePage({
    path: '/admin/tenants/:tenantId',
    access: 'tenants.read',
    params: tenantParams,
    query: z.object({
      tab: z.string().max(40).catch(''),
      cursor: optionalParam(z.string().max(500)),
    }),
    show: (context, { params, query }) => tenantPage(context, areas, params.tenantId, query),
  }),
];

/** The actions of the tabs; a refused form shows the page again, opened at its tab. */
const tabRoutes = (areas: readonly Area[]) =>
  tenantTabsOf(areas).flatMap(
    (tab) =>
      tab.routes?.((context, tenantId, refused) =>
        tenantPage(context, areas, tenantId, { tab: tab.key, refused }),
      ) ?? [],
  );

/** Tenants, and the page of one tenant with what other areas add to it. */
export const tenantsArea = (areas: readonly Area[]): Area => ({
  side: 'admin',
  nav: [
    {
      title: tenantsCopy.platform.title,
      partnerTitle: tenantsCopy.partner.title,
      href: '/admin/tenants',
      icon: 'building-store',
      group: 'Customers',
      permission: 'tenants.read',
    },
  ],
  routes: [
    ...inviteClientRoutes,
    ...viewRoutes,
    tenantsCsv,
    ...api(tenantHeadsOf(areas)),
    ...pages(areas),
    ...tabRoutes(areas),
  ],
  commands: () => [
    {
      title: inviteClientCopy.open,
      words: 'add tenant customer business sign-up link',
      href: `${paths.tenants}#invite-client`,
      permission: 'clients.invite',
    },
  ],
  ...tenantsContributions,
});
