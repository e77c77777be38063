import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { approvalStatuses, approvalStateOf } from '../../../db/domain/approvals/approval.ts';
import {
  type Approval,
  countPending,
  getApproval,
  type ListedApproval,
  listApprovals,
} from '../../../db/repos/approvals/approvals.ts';
import { findConnection } from '../../../db/repos/integrations/connections.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import { listTools } from '../../../db/repos/integrations/tools.ts';
import { type ApprovalView, ApprovalsPage } from '../../../templates/client/approvals/approvals.tsx';
import { approvalsCopy } from '../../../templates/client/approvals/copy.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { callToolContract } from '../../../workflows/integrations/call-tool.contract.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { actorNames } from '../shared/actor-names.ts';
import { approvalsContributions } from './contributions.ts';

const params = z.object({ id: z.string().regex(idPattern('approval')) });
const decision = z.strictObject({ decision: z.enum(['approved', 'denied']), reason });
/** The form of a tool's page leads back there. */
const decisionForm = decision.extend({
  back: z.string().startsWith(`${paths.integrations}/`).max(300).optional(),
});
const paging = { cursor: z.string().max(500).optional() };
const most = 100;

/**
 * Sends the decision to the waiting process. Throws `approval.not-found`, `approval.expired`, `approval.invalid`, and
 * `connection.missing` where the server was disconnected meanwhile.
 */
async function decide(
  context: RequestContext,
  id: string,
  { decision: decided, reason: why }: z.infer<typeof decision>,
): Promise<Approval> {
  const { approval, connection } = await context.deps.db.inScope(context.tenant(), async (tx) => {
    const found = await getApproval(tx, id);
    return { approval: found, connection: await findConnection(tx, found.server) };
  });
  if (approval.status === 'expired') throw new AppError('approval.expired');
  if (approval.status !== 'pending' || !approval.workflowId) {
    throw new AppError('approval.invalid', { text: approvalsCopy.alreadyDecided });
  }
  // An approval must not suggest that a call runs on a server that is no longer connected.
  if (decided === 'approved' && (!connection || connection.status === 'disconnected')) {
    throw new AppError('connection.missing');
  }
  // Every process that calls tools handles this update.
  await context.deps.processes.update(callToolContract, approval.workflowId, 'decideApproval', {
    approvalId: id,
    decision: decided,
    reason: why,
    by: context.actor(),
  });
  return approval;
}

async function viewsOf(
  context: RequestContext,
  approvals: readonly ListedApproval[],
): Promise<ApprovalView[]> {
  const actors = approvals.flatMap(({ requestedBy, decidedBy }) => [
    requestedBy,
    ...(decidedBy ? [decidedBy] : []),
  ]);
  const asCall = ({ type, id }: Approval['requestedBy']) => ({ actorType: type, actorId: id });
  const who = await actorNames(context, actors.map(asCall));
  const { servers, tools } = await context.deps.db.inScope(context.tenant(), async (tx) => ({
    servers: new Map((await listServers(tx, { limit: 200 })).items.map(({ name, title }) => [name, title])),
    tools: new Map((await listTools(tx)).map(({ name, title }) => [name, title])),
  }));
  return approvals.map((approval) => ({
    id: approval.id,
    server: approval.server,
    serverTitle: servers.get(approval.server) ?? approval.server,
    tool: tools.get(approval.tool) ?? approval.tool,
    risk: approval.risk,
    arguments: approval.summary,
    who: who(asCall(approval.requestedBy)),
    state: approvalStateOf(approval),
    askedAt: approval.createdAt.toISOString(),
    expiresAt: approval.expiresAt.toISOString(),
    decidedBy: approval.decidedBy && who(asCall(approval.decidedBy)),
    decidedAt: approval.decidedAt?.toISOString() ?? null,
    reason: approval.reason,
  }));
}

async function approvalsPage(
  context: RequestContext,
  query: { cursor?: string | undefined },
  rejected?: { id: string; form: FormState },
) {
  const { pending, all } = await context.deps.db.inScope(context.tenant(), async (tx) => ({
    pending: await listApprovals(tx, { status: 'pending', limit: most }),
    all: await listApprovals(tx, { ...query, limit: 25 }),
  }));
  const decided = all.items.filter(({ status }) => status !== 'pending');
  return ApprovalsPage({
    frame: pageContextOf(context),
    pending: await viewsOf(context, pending.items),
    decided: await viewsOf(context, decided),
    nextCursor: all.nextCursor,
    mayDecide: context.can('tools.approve'),
    ...(rejected && { rejected }),
  });
}

export const approvalsArea: Area = {
  side: 'client',
  nav: [
    {
      title: approvalsCopy.title,
      href: paths.approvals,
      icon: 'shield-check',
      group: 'Automation',
      permission: 'tools.approve',
      pendingCount: countPending,
    },
  ],
  routes: [
    definePage({
      path: '/app/approvals',
      access: 'tools.approve',
      query: z.object(paging),
      show: (context, { query }) => approvalsPage(context, query),
    }),
    ...defineAction({
      paths: { api: '/api/client/approvals/:id', form: '/app/approvals/:id' },
      access: 'tools.approve',
      summary: 'Approve or deny a call',
      params,
      body: decision,
      formBody: decisionForm,
      response: z.object({ decided: z.enum(['approved', 'denied']) }),
      errors: [
        'approval.not-found',
        'approval.invalid',
        'approval.expired',
        'connection.missing',
        'run.ended',
      ],
      async run(context, { params: { id }, body }) {
        const approval = await decide(context, id, body);
        const { workflowId } = approval;
        return { decided: body.decision, callId: workflowId?.split(':').at(-1), workflowId };
      },
      answer: async (_context, { decided }) => ({ decided }),
      done: ({ decided, workflowId }) =>
        decided === 'approved' && workflowId
          ? { kind: 'done', text: approvalsCopy.approve.done, run: workflowId }
          : approvalsCopy.deny.done,
      then: ({ decided, callId }, { body: { back } }) =>
        back && decided === 'approved' ? `${withQuery(back, { call: callId })}#result` : paths.approvals,
      rerender: (context, { params: { id }, form }) => approvalsPage(context, {}, { id, form }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/client/approvals',
      access: 'tools.approve',
      summary: 'Calls that need approval, newest first',
      query: z.object({
        status: z.enum(approvalStatuses).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(25),
        ...paging,
      }),
      response: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            server: z.string(),
            tool: z.string(),
            risk: z.string(),
            arguments: z.record(z.string(), z.unknown()),
            status: z.string(),
            outcome: z.string().nullable(),
            requestedBy: z.object({ type: z.string(), id: z.string() }),
            expiresAt: z.string(),
          }),
        ),
        nextCursor: z.string().nullable(),
      }),
      async handle(context, { query }) {
        const page = await context.deps.db.inScope(context.tenant(), (tx) => listApprovals(tx, query));
        return {
          nextCursor: page.nextCursor,
          items: page.items.map((one) => ({
            id: one.id,
            server: one.server,
            tool: one.tool,
            risk: one.risk,
            arguments: one.summary,
            status: one.status,
            outcome: one.outcome,
            requestedBy: one.requestedBy,
            expiresAt: one.expiresAt.toISOString(),
          })),
        };
      },
    }),
  ],
  ...approvalsContributions,
};
