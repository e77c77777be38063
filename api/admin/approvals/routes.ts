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
import { defineCsv } from '../../kit/csv.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { actorLabel } from '../shared/names.ts';
import { optionalParam, isoOf, paged, pageOf, queryOf, sortOf } from '../shared/query.ts';

const approvalQuery = z.object({
  status: optionalParam(z.enum(approvalStatuses)),
  server: optionalParam(z.string().max(60)),
  tenant: optionalParam(z.string().max(60)),
  sort: sortOf(['requested']),
  ...paged,
});

type ApprovalQuery = z.output<typeof approvalQuery>;

const approvalItem = z.object({
  id: z.string(),
  tenant: z.object({ id: z.string(), name: z.string() }),
  /** Null, like tool and risk, for requests that are no call. */
  server: z.string().nullable(),
  serverTitle: z.string().nullable(),
  tool: z.string().nullable(),
  toolTitle: z.string(),
  risk: z.enum(riskClasses).nullable(),
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
async function readApprovals(
  context: RequestContext,
  query: ApprovalQuery,
  { counted }: { counted?: boolean } = {},
) {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const { tenant, sort, ...filter } = query;
    const oldestFirst = sort?.descending === false;
    const page = await listApprovals(tx, { ...filter, counted, oldestFirst, tenantId: tenant });
    const { items, nextCursor, total } = page;
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
      ...(total !== undefined && { total }),
      items: items.map((one) => ({
        id: one.id,
        tenant: { id: one.tenantId, name: tenantNames.get(one.tenantId) ?? one.tenantId },
        server: one.server,
        serverTitle: one.server && (titles.get(one.server) ?? one.server),
        tool: one.tool,
        // The title of any other request is the tenant's own words.
        toolTitle: tools.get(`${one.server}/${one.tool}`) ?? one.tool ?? approvalsCopy.other,
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
      summary: 'Requests of tenants that need or needed approval, newest first',
      query: approvalQuery,
      response: pageOf(approvalItem),
      handle: (context, { query }) => readApprovals(context, query),
    }),
    defineCsv({
      path: paths.adminApprovalsCsv,
      access: 'tenants.read',
      action: 'approvals.exported',
      filename: 'approvals.csv',
      query: approvalQuery,
      read: (context, query: ApprovalQuery) => readApprovals(context, query),
      columns: {
        id: (one) => one.id,
        tenantId: (one) => one.tenant.id,
        tenant: (one) => one.tenant.name,
        server: (one) => one.serverTitle,
        tool: (one) => one.toolTitle,
        risk: (one) => one.risk,
        state: (one) => approvalStateOf(one),
        requestedBy: (one) => one.requestedBy,
        decidedBy: (one) => one.decidedBy,
        requestedAt: (one) => one.createdAt,
        expiresAt: (one) => one.expiresAt,
        decidedAt: (one) => one.decidedAt,
      },
    }),
    definePage({
      path: '/admin/approvals',
      access: 'tenants.read',
      query: approvalQuery,
      async show(context, { query }) {
        const { items, ...page } = await readApprovals(context, query, { counted: true });
        return AdminApprovalsPage({
          frame: pageContextOf(context),
          approvals: { ...page, items: items.map((one) => ({ ...one, state: approvalStateOf(one) })) },
          query: queryOf(context, ['status', 'server', 'tenant', 'sort', 'cursor']),
        });
      },
    }),
  ],
};
