import { z } from 'zod';
import { enteredValues, problemsOf } from '../../../db/domain/approvals/check-values.ts';
import { approvalValues, type Decision, decisions } from '../../../db/domain/approvals/request.ts';
import { reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import type { InboxItem } from '../../../db/repos/approvals/inbox.ts';
import { findConnection } from '../../../db/repos/integrations/connections.ts';
import { listDeciders } from '../../../db/repos/approvals/approvers.ts';
import { approvalsCopy } from '../../../templates/client/approvals/copy.ts';
import { requestApprovalContract } from '../../../workflows/approvals/request-approval.contract.ts';
import { callToolContract } from '../../../workflows/integrations/call-tool.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { readOne } from './read.ts';

export const decisionBody = z.strictObject({
  decision: z.enum(decisions, approvalsCopy.chooseDecision),
  reason,
  /** Answers to the request's fields, by their names. */
  values: approvalValues.default({}),
  /** Of what the person has read: an approval is good for these arguments and no others. */
  argumentsHash: z.string().max(64),
});
type Given = z.output<typeof decisionBody>;

export interface Decided {
  status: 'pending' | Decision;
  /** How many have approved, and how many have to. */
  approvals: number;
  needed: number;
  workflowId: string | null;
}

/** An approval must not suggest that a call runs on a server that is no longer connected. */
async function assertConnected(context: RequestContext, { server }: InboxItem): Promise<void> {
  if (!server) return;
  const connection = await context.deps.db.inScope(context.tenant(), (tx) => findConnection(tx, server));
  if (!connection || connection.status === 'disconnected') throw new AppError('connection.missing');
}

function answersTo(approval: InboxItem, given: Given): Given['values'] {
  if (given.decision === 'declined') return {};
  const values = enteredValues(approval.fields, given.values);
  const problems = problemsOf(approval.fields, values);
  if (!problems) return values;
  const fields = Object.entries(problems).map(([name, problem]) => [
    `values.${name}`,
    approvalsCopy.problems[problem],
  ]);
  throw new AppError('approval.values-invalid', {
    fields: Object.fromEntries(fields) as Record<string, string>,
  });
}

/** What the person is in the team, which the process checks against the policy. Throws `permission.denied`. */
async function standingOf(context: RequestContext) {
  const { tenantId } = context.tenant();
  const deciders = await context.deps.db.inScope(context.tenant(), (tx) => listDeciders(tx, tenantId));
  const self = deciders.find(({ userId }) => userId === context.person().userId);
  if (!self) throw new AppError('permission.denied');
  return { role: self.role, groupId: self.groupId };
}

/**
 * Sends the decision to the process, which refuses what doesn't count before it is recorded. Throws `approval.*`, and
 * `connection.missing` where the server was disconnected meanwhile.
 */
export async function decide(context: RequestContext, id: string, given: Given): Promise<Decided> {
  const approval = await readOne(context, id);
  const { status, processId, workflowId } = approval;
  if (status === 'expired') throw new AppError('approval.expired');
  if (status !== 'pending') throw new AppError('approval.already-decided');
  if (given.decision === 'approved') await assertConnected(context, approval);
  const { decision, argumentsHash } = given;
  const by = context.actor();
  const { processes } = context.deps;
  if (processId) {
    const values = answersTo(approval, given);
    const as = await standingOf(context);
    const asked = { decision, reason: given.reason, values, argumentsHash, by, as };
    return { ...(await processes.update(requestApprovalContract, processId, 'decide', asked)), workflowId };
  }
  // Asked for by a run that takes the decision itself, as it began before there was a process for it.
  if (!workflowId || !approval.isMine) throw new AppError('approval.not-approver');
  if (argumentsHash !== approval.argumentsHash) throw new AppError('approval.arguments-changed');
  await processes.update(callToolContract, workflowId, 'decideApproval', {
    approvalId: id,
    decision: decision === 'declined' ? 'denied' : decision,
    reason: given.reason,
    by,
  });
  return { status: decision, approvals: decision === 'approved' ? 1 : 0, needed: 1, workflowId };
}

/** Takes back what the person asked for. Throws `approval.already-decided`, `permission.denied`. */
export async function withdraw(context: RequestContext, id: string, why: string): Promise<void> {
  const { status, processId, isOwn } = await readOne(context, id);
  if (!isOwn) throw new AppError('permission.denied');
  if (status !== 'pending' || !processId) throw new AppError('approval.already-decided');
  await context.deps.processes.update(requestApprovalContract, processId, 'withdraw', {
    reason: why,
    by: context.actor(),
  });
}
