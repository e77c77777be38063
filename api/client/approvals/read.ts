import { approvalStateOf } from '../../../db/domain/approvals/approval.ts';
import type { Tx } from '../../../db/scope.ts';
import {
  getFromInbox,
  type InboxFilter,
  type InboxItem,
  listInbox,
} from '../../../db/repos/approvals/inbox.ts';
import { type DecisionRecord, listDecisions } from '../../../db/repos/approvals/requests.ts';
import { serverTitles } from '../../../db/repos/integrations/servers.ts';
import { listTools } from '../../../db/repos/integrations/tools.ts';
import type { ApprovalView } from '../../../templates/client/approvals/view.ts';
import type { RequestContext } from '../../kit/context.ts';
import { actorNames } from '../shared/actor-names.ts';

type Decisions = ReadonlyMap<string, DecisionRecord[]>;
type Found = InboxItem & { decisions: DecisionRecord[] };

async function withDecisions(tx: Tx, items: readonly InboxItem[]): Promise<Found[]> {
  const byRequest = new Map<string, DecisionRecord[]>();
  for (const one of await listDecisions(
    tx,
    items.map(({ id }) => id),
  )) {
    byRequest.set(one.approvalId, [...(byRequest.get(one.approvalId) ?? []), one]);
  }
  const found: Decisions = byRequest;
  return items.map((item) => ({ ...item, decisions: found.get(item.id) ?? [] }));
}

/** A page of what the person sees. */
export async function readInbox(context: RequestContext, filter: Omit<InboxFilter, 'seesAll'>) {
  return context.deps.db.inScope({ ...context.tenant(), readOnly: true }, async (tx) => {
    const page = await listInbox(tx, { ...filter, seesAll: context.can('approvals.manage') });
    return { ...page, items: await withDecisions(tx, page.items) };
  });
}

/** One request as the person sees it. Throws `approval.not-found`. */
export async function readOne(context: RequestContext, id: string): Promise<Found> {
  return context.deps.db.inScope({ ...context.tenant(), readOnly: true }, async (tx) => {
    const item = await getFromInbox(tx, id, context.can('approvals.manage'));
    const [found] = await withDecisions(tx, [item]);
    return found as Found;
  });
}

const asCall = ({ type, id }: { type: string; id: string }) => ({
  actorType: type as 'user',
  actorId: id,
});

/** Requests in words, with the titles of the registry and the names of people. */
export async function viewsOf(context: RequestContext, approvals: readonly Found[]): Promise<ApprovalView[]> {
  const actors = approvals.flatMap(({ requestedBy, decidedBy, decisions }) => [
    requestedBy,
    ...(decidedBy ? [decidedBy] : []),
    ...decisions.map(({ userId }) => ({ type: 'user' as const, id: userId })),
  ]);
  const who = await actorNames(context, actors.map(asCall));
  const { servers, tools } = await context.deps.db.inScope(
    { ...context.tenant(), readOnly: true },
    async (tx) => ({
      servers: await serverTitles(tx),
      tools: new Map((await listTools(tx)).map(({ server, name, title }) => [`${server}/${name}`, title])),
    }),
  );
  return approvals.map((approval) => ({
    id: approval.id,
    call:
      approval.server && approval.tool && approval.risk
        ? {
            server: approval.server,
            serverTitle: servers.get(approval.server) ?? approval.server,
            tool: tools.get(`${approval.server}/${approval.tool}`) ?? approval.tool,
            risk: approval.risk,
          }
        : null,
    title: approval.title ?? '',
    arguments: approval.summary,
    argumentsHash: approval.argumentsHash,
    who: who(asCall(approval.requestedBy)),
    state: approvalStateOf(approval),
    askedAt: approval.createdAt.toISOString(),
    expiresAt: approval.expiresAt.toISOString(),
    escalated: approval.escalatedAt !== null,
    needed: approval.policy?.needed ?? 1,
    decisions: approval.decisions.map((one) => ({
      who: who(asCall({ type: 'user', id: one.userId })),
      decision: one.decision,
      reason: one.reason,
      at: one.decidedAt.toISOString(),
    })),
    decidedBy: approval.decidedBy && who(asCall(approval.decidedBy)),
    decidedAt: approval.decidedAt?.toISOString() ?? null,
    reason: approval.reason,
    fields: approval.fields,
    values: approval.fieldValues,
    isMine: approval.isMine,
    isOwn: approval.isOwn,
  }));
}
