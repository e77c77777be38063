import { z } from 'zod';
import { approvalStatuses } from '../../../db/domain/approvals/approval.ts';
import { approvalField, approvalValues, decisions } from '../../../db/domain/approvals/request.ts';
import { paging, reason } from '../../../db/domain/common.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { riskClasses } from '../../../db/domain/integrations/risk.ts';
import { countMine } from '../../../db/repos/approvals/inbox.ts';
import { ApprovalPage } from '../../../templates/client/approvals/approval.tsx';
import {
  ApprovalsPage,
  approvalTabs,
  type ApprovalTab,
  titleOf,
} from '../../../templates/client/approvals/approvals.tsx';
import { approvalsCopy } from '../../../templates/client/approvals/copy.ts';
import type { ApprovalView } from '../../../templates/client/approvals/view.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineCsv } from '../../kit/csv.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { approvalsContributions } from './contributions.ts';
import { decide, decisionBody, withdraw } from './decide.ts';
import { readInbox, readOne, viewsOf } from './read.ts';
import { readSelfApproval, selfApprovalRoutes } from './self-approval.ts';

const access = 'approvals.decide';
const params = z.object({ id: z.string().regex(idPattern('approval')) });
/** The form of a tool's page leads back there. */
const decisionForm = decisionBody.extend({
  back: z.string().startsWith(`${paths.integrations}/`).max(300).optional(),
});

const approvalItem = z.object({
  id: z.string(),
  /** Null for requests that are no call, which have a title. */
  call: z
    .object({ server: z.string(), serverTitle: z.string(), tool: z.string(), risk: z.enum(riskClasses) })
    .nullable(),
  title: z.string(),
  arguments: z.unknown(),
  argumentsHash: z.string(),
  status: z.string(),
  outcome: z.string().nullable(),
  requestedBy: z.object({ type: z.string(), id: z.string() }),
  who: z.string(),
  askedAt: z.string(),
  expiresAt: z.string(),
  escalated: z.boolean(),
  needed: z.int(),
  decisions: z.array(
    z.object({ who: z.string(), decision: z.enum(decisions), reason: z.string(), at: z.string() }),
  ),
  fields: z.array(approvalField),
  values: approvalValues,
  isMine: z.boolean(),
});

type Found = Awaited<ReturnType<typeof readOne>>;

const itemOf = (view: ApprovalView, { status, outcome, requestedBy }: Found) => ({
  ...view,
  decisions: [...view.decisions],
  fields: [...view.fields],
  status,
  outcome,
  requestedBy: { type: requestedBy.type, id: requestedBy.id },
});

async function inboxPage(
  context: RequestContext,
  query: { tab?: ApprovalTab | undefined; cursor?: string | undefined },
) {
  const { tab = 'me', cursor } = query;
  const filter = tab === 'decided' ? { state: 'decided' as const } : { state: 'pending' as const, for: tab };
  const { items, nextCursor } = await readInbox(context, { ...filter, cursor, limit: 25 });
  const mine = await context.deps.db.inScope({ ...context.tenant(), readOnly: true }, countMine);
  return ApprovalsPage({
    frame: pageContextOf(context),
    ...{ tab, cursor, nextCursor, mine },
    items: await viewsOf(context, items),
    self: context.can('approvals.manage') ? await readSelfApproval(context) : null,
  });
}

async function approvalPage(
  context: RequestContext,
  id: string,
  refused: { form?: FormState; withdrawal?: FormState } = {},
) {
  const [approval] = await viewsOf(context, [await readOne(context, id)]);
  return ApprovalPage({ frame: pageContextOf(context), approval: approval as ApprovalView, ...refused });
}

const csvQuery = paging;

/** Without the values of the calls, which hold data of the tenant's customers. */
const approvalsCsv = defineCsv({
  path: paths.approvalsCsv,
  access,
  action: 'approvals.exported',
  filename: 'approvals.csv',
  query: csvQuery,
  async read(context, query: z.output<typeof csvQuery>) {
    const page = await readInbox(context, query);
    return { items: await viewsOf(context, page.items), nextCursor: page.nextCursor };
  },
  columns: {
    id: (one) => one.id,
    request: titleOf,
    risk: (one) => one.call?.risk ?? null,
    state: (one) => one.state,
    requestedBy: (one) => one.who,
    decidedBy: (one) => one.decidedBy,
    reason: (one) => one.reason,
    requestedAt: (one) => one.askedAt,
    expiresAt: (one) => one.expiresAt,
    decidedAt: (one) => one.decidedAt,
  },
});

const decisionErrors = [
  'approval.not-found',
  'approval.expired',
  'approval.already-decided',
  'approval.not-approver',
  'approval.own-request',
  'approval.arguments-changed',
  'approval.values-invalid',
  'connection.missing',
  'run.ended',
];

const decisionRoutes = defineAction({
  paths: { api: '/api/approvals/:id/decision', form: '/app/approvals/:id' },
  access,
  summary: 'Approve or decline a request',
  params,
  body: decisionBody,
  formBody: decisionForm,
  response: z.object({ status: z.enum(['pending', ...decisions]), approvals: z.int(), needed: z.int() }),
  errors: decisionErrors,
  run: (context, { params: { id }, body }) => decide(context, id, body),
  answer: async (_context, { status, approvals, needed }) => ({ status, approvals, needed }),
  done({ status, approvals, needed, workflowId }) {
    if (status === 'declined') return approvalsCopy.done.declined;
    if (status === 'pending') return approvalsCopy.done.counted(approvals, needed);
    return workflowId
      ? { kind: 'done', text: approvalsCopy.done.running, run: workflowId }
      : approvalsCopy.done.approved;
  },
  then({ status, workflowId }, { body: { back } }) {
    const callId = workflowId?.split(':').at(-1);
    return back && status === 'approved' ? `${withQuery(back, { call: callId })}#result` : paths.approvals;
  },
  rerender: (context, { params: { id }, form }) => approvalPage(context, id, { form }),
});

export const approvalsArea: Area = {
  side: 'client',
  nav: [
    {
      title: approvalsCopy.title,
      href: paths.approvals,
      icon: 'shield-check',
      group: 'Automation',
      permission: access,
      pendingCount: countMine,
    },
  ],
  routes: [
    approvalsCsv,
    definePage({
      path: '/app/approvals',
      access,
      query: z.object({ tab: z.enum(approvalTabs).optional(), cursor: z.string().max(500).optional() }),
      show: (context, { query }) => inboxPage(context, query),
    }),
    ...selfApprovalRoutes,
    definePage({
      path: '/app/approvals/:id',
      access,
      params,
      show: (context, { params: { id } }) => approvalPage(context, id),
    }),
    ...decisionRoutes,
    ...defineAction({
      paths: { api: '/api/approvals/:id/withdraw', form: '/app/approvals/:id/withdraw' },
      access,
      summary: 'Withdraw a request you made',
      params,
      body: z.strictObject({ reason }),
      response: z.null(),
      errors: ['approval.not-found', 'approval.already-decided', 'run.ended'],
      run: (context, { params: { id }, body }) => withdraw(context, id, body.reason),
      answer: async () => null,
      done: () => approvalsCopy.withdraw.done,
      then: () => paths.approvals,
      rerender: (context, { params: { id }, form }) => approvalPage(context, id, { withdrawal: form }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/approvals',
      access,
      summary: 'Requests that need or needed approval, newest first',
      query: z.object({
        state: z.enum([...approvalStatuses, 'decided']).optional(),
        for: z.enum(['me', 'others']).optional(),
        ...paging.shape,
      }),
      response: z.object({ items: z.array(approvalItem), nextCursor: z.string().nullable() }),
      async handle(context, { query }) {
        const { items, nextCursor } = await readInbox(context, query);
        const views = await viewsOf(context, items);
        return { nextCursor, items: views.map((view, at) => itemOf(view, items[at] as Found)) };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/approvals/:id',
      access,
      summary: 'One request, with exactly what is to be approved',
      params,
      response: approvalItem,
      errors: ['approval.not-found'],
      async handle(context, { params: { id } }) {
        const found = await readOne(context, id);
        const [view] = await viewsOf(context, [found]);
        return itemOf(view as ApprovalView, found);
      },
    }),
  ],
  ...approvalsContributions,
};
