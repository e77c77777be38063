import { Context } from '@temporalio/activity';
import type { Actor } from '../../db/domain/actor.ts';
import { argumentsHash } from '../../db/domain/approvals/approval.ts';
import type {
  ApprovalField,
  ApprovalOutcome,
  ApprovalPolicy,
  ApprovalValues,
  Decision,
} from '../../db/domain/approvals/request.ts';
import { selfApproval } from '../../db/domain/approvals/settings.ts';
import { AppError } from '../../db/domain/errors.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import { getApproval } from '../../db/repos/approvals/approvals.ts';
import { approversOf, listDeciders } from '../../db/repos/approvals/approvers.ts';
import * as requests from '../../db/repos/approvals/requests.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import * as users from '../../db/repos/people/users.ts';
import { resolve } from '../../db/repos/settings/values.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { sendToPerson } from '../settings/mail.ts';
import { askedFor, nameOf } from './asked-for.ts';

interface At {
  tenantId: string;
  approvalId: string;
}

/** How a request begins, as the process needs it. */
export interface OpenedApproval {
  approvalId: string;
  argumentsHash: string;
  /** Milliseconds until it expires. */
  leftMs: number;
  selfAllowed: boolean;
  /** How it ended, where it has: a server was disconnected, or the same request was decided before. */
  ended: ApprovalOutcome | null;
  values: ApprovalValues;
}

/** Requests for approval and what becomes of them. */
export function approvalRequestActivities(deps: Deps) {
  /** Whether the person who asked may decide, as the business allows it and no one else in the team could. */
  async function allowsSelf(tenantId: string, policy: ApprovalPolicy, requestedBy: Actor): Promise<boolean> {
    const platform = { ...actingIn('platform'), readOnly: true };
    if (!(await deps.db.inScope(platform, (tx) => resolve(tx, selfApproval, tenantId)))) return false;
    const deciders = await deps.db.inScope(actingIn({ tenantId }), (tx) => listDeciders(tx, tenantId));
    const asked = { policy, escalated: true, requestedBy, selfAllowed: false };
    return approversOf(deciders, asked).length < policy.needed;
  }

  return {
    /**
     * Stores a request, or puts one of the gateway under its policy; repeated, it answers how the request stands. Throws
     * `approval.not-found`, `approval.arguments-changed`.
     */
    async openApproval(input: {
      tenantId: string;
      approvalId: string | null;
      /** The run that takes the decisions; null for the one that calls this. */
      processId: string | null;
      askedIn: string | null;
      requestedBy: Actor;
      title: string | null;
      arguments: Record<string, unknown>;
      policy: ApprovalPolicy;
      fields: ApprovalField[];
    }): Promise<OpenedApproval> {
      const { tenantId, approvalId, requestedBy, policy, fields, title } = input;
      const processId = input.processId ?? Context.current().info.workflowExecution?.workflowId ?? '';
      const selfAllowed = await allowsSelf(tenantId, policy, requestedBy);
      const hash = await argumentsHash(input.arguments);
      const id = approvalId ?? (await idFromKey('approval', processId));
      const opening = { id, policy, fields, selfAllowed, processId };
      const found = await deps.db.inScope(actingIn({ tenantId }, requestedBy), (tx) =>
        approvalId
          ? requests.adoptRequest(tx, opening)
          : requests.insertRequest(tx, {
              ...opening,
              title: title ?? '',
              arguments: input.arguments,
              argumentsHash: hash,
              requestedBy,
              workflowId: input.askedIn ?? processId,
            }),
      );
      // The gateway has stored what it was asked to call: an approval of anything else is good for nothing.
      if (found.argumentsHash !== hash) throw new AppError('approval.arguments-changed');
      const { leftMs, fieldValues: values } = found;
      return {
        ...{ approvalId: id, argumentsHash: hash, leftMs, values },
        selfAllowed: found.selfAllowed,
        ended: requests.outcomeOf(found),
      };
    },

    /** Stores a person's decision and answers how the request stands. Throws the codes of a refused decision. */
    async recordApprovalDecision(
      request: At & {
        decision: Decision;
        reason: string;
        values: ApprovalValues;
        argumentsHash: string;
        by: Actor;
      },
    ): Promise<requests.Standing> {
      const { tenantId, approvalId: id, by, ...given } = request;
      return deps.db.inScope(actingIn({ tenantId }, by), async (tx) =>
        requests.recordDecision(tx, await listDeciders(tx, tenantId), { id, ...given }),
      );
    },

    /** Ends a request that wasn’t decided, and answers how it ended: it may have been decided meanwhile. */
    async closeApproval(
      request: At & { status: 'expired' | 'withdrawn'; reason: string | null; by: Actor | null },
    ): Promise<requests.Ended> {
      const { tenantId, approvalId: id, status, reason, by } = request;
      return deps.db.inScope(actingIn({ tenantId }, by ?? undefined), (tx) =>
        requests.closeRequest(tx, { id, status, reason }),
      );
    },

    /** Opens a request to those it is escalated to. */
    async escalateApproval({ tenantId, approvalId }: At): Promise<void> {
      await deps.db.inScope(actingIn({ tenantId }), (tx) => requests.escalateRequest(tx, approvalId));
    },

    /** Ids of the people who can decide a request now. */
    async listApprovers({ tenantId, approvalId }: At): Promise<string[]> {
      return deps.db.inScope(actingIn({ tenantId }), async (tx) => {
        const request = await getApproval(tx, approvalId);
        const { policy, requestedBy, selfAllowed } = request;
        if (!policy || request.status !== 'pending') return [];
        const asked = { policy, requestedBy, selfAllowed, escalated: request.escalatedAt !== null };
        return approversOf(await listDeciders(tx, tenantId), asked).map(({ userId }) => userId);
      });
    },

    /** Emails one person that a request waits for them, once for each cause; nothing where it no longer does. */
    async sendApprovalMail(request: At & { userId: string; escalated: boolean }): Promise<void> {
      const { tenantId, approvalId, userId, escalated } = request;
      const found = await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
        const approval = await getApproval(tx, approvalId);
        return {
          approval,
          tenant: await tenants.get(tx, tenantId),
          user: await users.get(tx, userId),
          what: await askedFor(tx, approval),
          requester: await nameOf(tx, approval.requestedBy),
        };
      });
      const { approval, what, requester } = found;
      if (approval.status !== 'pending') return;
      await sendToPerson(deps, found, {
        template: 'approval-requested',
        key: `approval/${approvalId}/${userId}/${escalated ? 'escalated' : 'asked'}`,
        values: () => ({
          what,
          requester,
          escalated,
          expiresAt: approval.expiresAt.toISOString(),
          link: `${deps.publicUrl}/app/approvals/${approvalId}`,
        }),
      });
    },
  };
}
