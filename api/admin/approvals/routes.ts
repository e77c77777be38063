import { z } from 'zod';
import { agentCatalog } from '../../../db/domain/agents/catalog.ts';
import { approvalStatuses, approvalStateOf } from '../../../db/domain/approvals/approval.ts';
import { riskClasses } from '../../../db/domain/integrations/risk.ts';
import { type Approval, countPending, listApprovals } from '../../../db/repos/approvals/approvals.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import { listTools } from '../../../db/repos/integrations/tools.ts';
import * as people from '../../../db/repos/people/people.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { AdminApprovalsPage } from '../../../templates/admin/approvals/approvals.tsx';
import { approvalsCopy } from '../../../templates/admin/approvals/copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { actorLabel } from '../shared/names.ts';
import { optionalParam, isoOf, paged, pageOf, queryOf } from '../shared/query.ts';

const approvalQuery = z.object({
  status: optionalParam(z.enum(approvalStatuses)),
  server: optionalParam(z.string().max(60)),
  tenant: optionalParam(z.string().max(60)),
  ...paged,
});

const approvalItem = z.object({
  id: z.string(),
  tenant: z.object({ id: z.string(), name: z.string() }),
  server: z.string(),
  serverTitle: z.string(),
  tool: z.string(),
  toolTitle: z.string(),
  risk: z.enum(riskClasses),
  status: z.enum(approvalStatuses),
  outcome: z.string().nullable(),
  requestedBy: z.string(),
  decidedBy: z.string().nullable(),
  workflowId: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  decidedAt: z.string().nullable(),
});

const most = 200;
type Actor = Approval['requestedBy'];

/**
 * Requests in the viewer's scope. The values of a call stay with the tenant: they hold data of the tenant's
 * customers, and only the tenant decides.
 */
async function readApprovals(context: RequestContext, query: z.output<typeof approvalQuery>) {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const { tenant, ...filter } = query;
    const { items, nextCursor } = await listApprovals(tx, { ...filter, tenantId: tenant });
    const actors = items.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy]);
    const users = actors.flatMap((actor) => (actor?.type === 'user' ? [actor.id] : []));
    const userNames = await people.names(tx, [...new Set(users)]);
    const tenantIds = [...new Set(items.map(({ tenantId }) => tenantId))];
    const tenantNames = await tenants.names(tx, tenantIds);
    const servers = (await listServers(tx, { limit: most })).items;
    const titles = new Map(servers.map(({ name, title }) => [name, title]));
    const tools = new Map(
      (await listTools(tx)).map(({ server, name, title }) => [`${server}/${name}`, title]),
    );
    const who = (actor: Actor) =>
      actor.type === 'agent'
        ? (agentCatalog.find(({ key }) => key === actor.id)?.title ?? approvalsCopy.unknownAgent)
        : actorLabel(actor, userNames.get(actor.id));
    return {
      nextCursor,
      items: items.map((one) => ({
        id: one.id,
        tenant: { id: one.tenantId, name: tenantNames.get(one.tenantId) ?? one.tenantId },
        server: one.server,
        serverTitle: titles.get(one.server) ?? one.server,
        tool: one.tool,
        toolTitle: tools.get(`${one.server}/${one.tool}`) ?? one.tool,
        risk: one.risk,
        status: one.status,
        outcome: one.outcome,
        requestedBy: who(one.requestedBy),
        decidedBy: one.decidedBy && who(one.decidedBy),
        workflowId: one.workflowId,
        createdAt: one.createdAt.toISOString(),
        expiresAt: one.expiresAt.toISOString(),
        decidedAt: isoOf(one.decidedAt),
      })),
    };
  });
}

/** Approval requests of all tenants in scope, read-only; only the tenant's team decides. */
export const adminApprovalsArea: Area = {
  side: 'admin',
  nav: [
    {
      title: approvalsCopy.title,
      href: paths.adminApprovals,
      icon: 'list-check',
      group: 'Operations',
      permission: 'tenants.read',
      pendingCount: countPending,
    },
  ],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/approvals',
      access: 'tenants.read',
      summary: 'Calls of tenants that need or needed approval, newest first',
      query: approvalQuery,
      response: pageOf(approvalItem),
      handle: (context, { query }) => readApprovals(context, query),
    }),
    definePage({
      path: '/admin/approvals',
      access: 'tenants.read',
      query: approvalQuery,
      async show(context, { query }) {
        const { items, nextCursor } = await readApprovals(context, query);
        return AdminApprovalsPage({
          frame: pageContextOf(context),
          approvals: { items: items.map((one) => ({ ...one, state: approvalStateOf(one) })), nextCursor },
          query: queryOf(context, ['status', 'server', 'tenant', 'cursor']),
        });
      },
    }),
  ],
};
