import type { Tx } from '../../scope.ts';
import type { Actor } from '../../domain/actor.ts';
import { type Decider, refusalOf, type RequestState } from '../../domain/approvals/decide.ts';
import type {
  ApprovalField,
  ApprovalOutcome,
  ApprovalPolicy,
  ApprovalValues,
  Decision,
} from '../../domain/approvals/request.ts';
import { AppError } from '../../domain/errors.ts';
import { all, first, one } from '../shared/rows.ts';
import { tenantOf } from '../shared/scope.ts';
import { type Approval, columns, getApproval, note } from './approvals.ts';

export interface OpenedRequest extends Approval {
  /** Milliseconds until it expires, by the clock of the database. */
  leftMs: number;
}

const opened = `${columns}, greatest(1, extract(epoch from expires_at - clock_timestamp()) * 1000)::integer as left_ms`;

interface Opening {
  id: string;
  argumentsHash: string;
  policy: ApprovalPolicy;
  fields: readonly ApprovalField[];
  selfAllowed: boolean;
  requestedBy: Actor;
  /** The run that waits for the decision, and the one that takes it. */
  workflowId: string;
  processId: string;
}

/** Stores a request that is no call; repeated, it finds the same one. */
export async function insertRequest(
  tx: Tx,
  request: Opening & { title: string; arguments: Record<string, unknown> },
): Promise<OpenedRequest> {
  const { id, argumentsHash, policy, fields, selfAllowed, requestedBy } = request;
  const tenantId = tenantOf(tx);
  const added = await first<OpenedRequest>(
    tx
      .sql('approvals')
      .insert({
        id,
        tenant_id: tenantId,
        title: request.title,
        arguments_hash: argumentsHash,
        summary: JSON.stringify(request.arguments),
        requested_by: JSON.stringify(requestedBy),
        workflow_id: request.workflowId,
        process_id: request.processId,
        policy: JSON.stringify(policy),
        fields: JSON.stringify(fields),
        self_allowed: selfAllowed,
        status: 'pending',
        expires_at: tx.sql.raw('clock_timestamp() + cast(? as interval)', [
          `${policy.expiresInMs} milliseconds`,
        ]),
      })
      .onConflict(['tenant_id', 'id'])
      .ignore()
      .returning(tx.sql.raw(opened)),
  );
  if (!added) return one(tx.sql('approvals').where({ tenant_id: tenantId, id }).select(tx.sql.raw(opened)));
  note(tx, 'approval.requested', added, {});
  return added;
}

/**
 * Puts the request of a call, which the gateway has stored, under a policy, once: who may decide stays as it was then.
 * Throws `approval.not-found`.
 */
export async function adoptRequest(
  tx: Tx,
  {
    id,
    policy,
    fields,
    selfAllowed,
    processId,
  }: Omit<Opening, 'argumentsHash' | 'requestedBy' | 'workflowId'>,
): Promise<OpenedRequest> {
  const at = { tenant_id: tenantOf(tx), id };
  await tx
    .sql('approvals')
    .where({ ...at, status: 'pending' })
    .whereNull('process_id')
    .update({
      process_id: processId,
      policy: JSON.stringify(policy),
      fields: JSON.stringify(fields),
      self_allowed: selfAllowed,
    });
  const adopted = await first<OpenedRequest>(tx.sql('approvals').where(at).select(tx.sql.raw(opened)));
  if (!adopted) throw new AppError('approval.not-found');
  return adopted;
}

export interface DecisionRecord {
  userId: string;
  decision: Decision;
  reason: string;
  decidedAt: Date;
}

/** Who has decided a request so far, in the order of time. */
export async function listDecisions(
  tx: Tx,
  ids: readonly string[],
): Promise<(DecisionRecord & { approvalId: string })[]> {
  return all(
    tx
      .sql('approval_decisions')
      .whereIn('approval_id', ids)
      .orderBy(['decided_at', 'user_id'])
      .select('approval_id', 'user_id', 'decision', 'reason', 'decided_at'),
  );
}

/** How a request stands after a decision. */
export interface Standing {
  status: 'pending' | 'approved' | 'declined';
  approvals: number;
}

const standing = (status: Approval['status'], decided: readonly DecisionRecord[]): Standing => ({
  status: status === 'approved' || status === 'declined' ? status : 'pending',
  approvals: decided.filter(({ decision }) => decision === 'approved').length,
});

/** How a request ended; null while it waits. */
export const outcomeOf = ({ status }: Pick<Approval, 'status'>): ApprovalOutcome | null =>
  status === 'pending' ? null : status === 'used' ? 'approved' : status;

function stateOf(
  request: Approval,
  policy: ApprovalPolicy,
  decided: readonly DecisionRecord[],
): RequestState {
  return {
    requestedBy: request.requestedBy,
    policy,
    fields: request.fields,
    argumentsHash: request.argumentsHash,
    selfAllowed: request.selfAllowed,
    escalated: request.escalatedAt !== null,
    expiresAtMs: request.expiresAt.getTime(),
    decidedBy: decided.map(({ userId }) => userId),
    outcome: outcomeOf(request),
  };
}

/**
 * Stores a person's decision, after checking again what the process has checked, against the team as it is now: in the
 * process that takes decisions nothing may have changed, and the person may have left. Repeated, it changes nothing.
 * Throws the codes of `refusalOf`.
 */
export async function recordDecision(
  tx: Tx,
  deciders: readonly Decider[],
  given: {
    id: string;
    decision: Decision;
    reason: string;
    values: ApprovalValues;
    argumentsHash: string;
  },
): Promise<Standing> {
  const { id, decision, reason, values } = given;
  const { actor, impersonatorId } = tx.scope.by;
  const at = { tenant_id: tenantOf(tx), id };
  const request = await first<Approval>(
    tx.sql('approvals').where(at).forUpdate().select(tx.sql.raw(columns)),
  );
  if (!request?.policy) throw new AppError('approval.not-found');
  const before = await listDecisions(tx, [id]);
  const own = before.find(({ userId }) => userId === actor.id);
  if (own?.decision === decision) return standing(request.status, before);
  const { policy } = request;
  const state = stateOf(request, policy, before);
  const self = deciders.find(({ userId }) => userId === actor.id);
  if (!self || impersonatorId) throw new AppError('permission.denied');
  const refusal = refusalOf(state, { ...given, by: actor, as: self }, 0);
  if (refusal) throw new AppError(refusal.code);
  await tx.sql('approval_decisions').insert({
    tenant_id: at.tenant_id,
    approval_id: id,
    user_id: actor.id,
    decision,
    reason,
  });
  const approvals = standing('pending', before).approvals + (decision === 'approved' ? 1 : 0);
  const ends = decision === 'declined' || approvals >= policy.needed;
  await tx
    .sql('approvals')
    .where(at)
    .update({
      ...(decision === 'approved' && {
        field_values: JSON.stringify({ ...request.fieldValues, ...values }),
      }),
      ...(ends && {
        status: decision,
        decided_by: JSON.stringify(actor),
        decided_at: tx.sql.fn.now(),
        reason,
      }),
    });
  note(tx, ends ? `approval.${decision}` : 'approval.decided', request, { reason });
  return { status: ends ? decision : 'pending', approvals };
}

/** How a request ended, and what was entered. */
export interface Ended {
  outcome: ApprovalOutcome;
  values: ApprovalValues;
}

/**
 * Ends a request that is still pending, and answers how it ended: a decision that was stored before counts. Throws
 * `approval.not-found`.
 */
export async function closeRequest(
  tx: Tx,
  { id, status, reason }: { id: string; status: 'expired' | 'withdrawn'; reason: string | null },
): Promise<Ended> {
  const closed = await first<Approval>(
    tx
      .sql('approvals')
      .where({ tenant_id: tenantOf(tx), id, status: 'pending' })
      .update({
        status,
        ...(status === 'withdrawn' && {
          decided_by: JSON.stringify(tx.scope.by.actor),
          decided_at: tx.sql.fn.now(),
          reason,
        }),
      })
      .returning(tx.sql.raw(columns)),
  );
  if (closed) {
    note(tx, `approval.${status}`, closed, reason ? { reason } : {});
    return { outcome: status, values: {} };
  }
  const ended = await getApproval(tx, id);
  const { fieldValues } = ended;
  const outcome = outcomeOf(ended) ?? status;
  return { outcome, values: outcome === 'approved' ? fieldValues : {} };
}

/** Opens a request to the people it is escalated to, once. */
export async function escalateRequest(tx: Tx, id: string): Promise<void> {
  const escalated = await first<Approval>(
    tx
      .sql('approvals')
      .where({ tenant_id: tenantOf(tx), id, status: 'pending' })
      .whereNull('escalated_at')
      .update({ escalated_at: tx.sql.fn.now() })
      .returning(tx.sql.raw(columns)),
  );
  if (escalated) note(tx, 'approval.escalated', escalated, {});
}
