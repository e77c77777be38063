import type { Tx } from '../../scope.ts';
import { type Decider, isApprover, isOwnRequest } from '../../domain/approvals/decide.ts';
import type { ApprovalPolicy } from '../../domain/approvals/request.ts';
import type { Actor } from '../../domain/actor.ts';
import { listActing, permissionsOfMember } from '../people/team-rights.ts';

/** The people of a team who may decide anything at all now. */
export async function listDeciders(tx: Tx, tenantId: string): Promise<Decider[]> {
  const members = await listActing(tx, tenantId);
  return members
    .filter((member) => permissionsOfMember(member).has('approvals.decide'))
    .map(({ userId, role, customRoleId }) => ({ userId, role, groupId: customRoleId }));
}

/** Those of them who may decide a request; who asked for it only where the others are too few and `selfAllowed` says so. */
export function approversOf(
  deciders: readonly Decider[],
  request: { policy: ApprovalPolicy; escalated: boolean; requestedBy: Actor; selfAllowed: boolean },
): Decider[] {
  const { policy, escalated, requestedBy, selfAllowed } = request;
  const eligible = deciders.filter((one) => isApprover(policy, escalated, one));
  const others = eligible.filter(({ userId }) => !isOwnRequest(requestedBy, userId));
  return others.length < policy.needed && selfAllowed ? eligible : others;
}
