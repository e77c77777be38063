import type { Actor } from '../actor.ts';
import type { ErrorCode } from '../errors.ts';
import { problemsOf, type ValueProblem } from './check-values.ts';
import type {
  ApprovalField,
  ApprovalOutcome,
  ApprovalPolicy,
  ApprovalValues,
  Approvers,
  Decision,
} from './request.ts';

/** Who decides where a request names no others: also every call of a tool that needs approval. */
export const managers: Approvers = { roles: ['owner', 'admin'], groups: [], people: [] };

/** A person of the team, as far as it matters for who may decide. */
export interface Decider {
  userId: string;
  role: Approvers['roles'][number];
  /** Id of the person's custom role. */
  groupId: string | null;
}

/** A request as it stands. */
export interface RequestState {
  requestedBy: Actor;
  policy: ApprovalPolicy;
  fields: readonly ApprovalField[];
  argumentsHash: string;
  /** The person who asked may decide too, as no one else can. */
  selfAllowed: boolean;
  escalated: boolean;
  /** Epoch milliseconds. */
  expiresAtMs: number;
  /** Ids of the people who have decided. */
  decidedBy: readonly string[];
  outcome: ApprovalOutcome | null;
}

export interface GivenDecision {
  decision: Decision;
  argumentsHash: string;
  values: ApprovalValues;
  by: Actor;
  as: Pick<Decider, 'role' | 'groupId'>;
}

/** Why a decision doesn't count; with the fields whose values don't fit. */
export interface Refusal {
  code: Extract<ErrorCode, `approval.${string}` | 'permission.denied'>;
  problems?: Record<string, ValueProblem>;
}

const belongsTo = ({ roles, groups, people }: Approvers, { userId, role, groupId }: Decider): boolean =>
  roles.includes(role) || (groupId !== null && groups.includes(groupId)) || people.includes(userId);

/** Whether a request is for this person to decide now: who asked is another question. */
export function isApprover(policy: ApprovalPolicy, escalated: boolean, decider: Decider): boolean {
  if (belongsTo(policy.from, decider)) return true;
  return escalated && policy.escalation !== null && belongsTo(policy.escalation.to, decider);
}

/** Whether a person decides about their own request, also one that their key made. */
export const isOwnRequest = (requestedBy: Actor, userId: string): boolean =>
  requestedBy.type !== 'agent' && (requestedBy.onBehalfOf ?? requestedBy.id) === userId;

/** Why a decision is refused at `nowMs`, and null where it counts. The order is that in which people can act on it. */
export function refusalOf(request: RequestState, given: GivenDecision, nowMs: number): Refusal | null {
  const { by, as, values, decision } = given;
  if (by.type !== 'user') return { code: 'permission.denied' };
  if (request.outcome === 'expired' || (!request.outcome && nowMs >= request.expiresAtMs)) {
    return { code: 'approval.expired' };
  }
  if (request.outcome || request.decidedBy.includes(by.id)) return { code: 'approval.already-decided' };
  if (!isApprover(request.policy, request.escalated, { userId: by.id, ...as })) {
    return { code: 'approval.not-approver' };
  }
  if (!request.selfAllowed && isOwnRequest(request.requestedBy, by.id))
    return { code: 'approval.own-request' };
  if (given.argumentsHash !== request.argumentsHash) return { code: 'approval.arguments-changed' };
  const problems = decision === 'approved' ? problemsOf(request.fields, values) : null;
  return problems && { code: 'approval.values-invalid', problems };
}
