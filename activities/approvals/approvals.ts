import type { Actor } from '../../db/domain/actor.ts';
import * as approvals from '../../db/repos/approvals/approvals.ts';
import * as decisions from '../../db/repos/approvals/decisions.ts';
import type { Deps } from '../deps.ts';
import { actingIn } from '../shared/attribution.ts';

/** Approvals per read; a caller with more asks again after these were decided. */
const batch = 100;

/** Decisions about calls that wait for approval. */
export function approvalActivities(deps: Deps) {
  return {
    /** Stores a person's decision. Throws `approval.invalid`, `approval.expired`, `permission.denied`. */
    async decideApproval(request: {
      tenantId: string;
      approvalId: string;
      decision: 'approved' | 'denied';
      reason: string;
      by: Actor;
    }): Promise<void> {
      const { tenantId, approvalId: id, decision, reason, by } = request;
      await deps.db.inScope(actingIn({ tenantId }, by), (tx) =>
        decisions.decideApproval(tx, { id, decision: decision === 'denied' ? 'declined' : decision, reason }),
      );
    },

    /** Marks an approval as expired that was not decided in time. */
    async expireApproval(request: { tenantId: string; approvalId: string }): Promise<void> {
      const { tenantId, approvalId } = request;
      await deps.db.inScope(actingIn({ tenantId }), (tx) => approvals.expireApproval(tx, approvalId));
    },

    /**
     * Up to 100 approvals that wait for a decision, at a server or of a person, newest first, with the workflow that
     * takes the decision about each.
     */
    async listPendingApprovals(request: {
      tenantId: string;
      server?: string;
      requestedBy?: string;
    }): Promise<{ approvalId: string; workflowId: string | null }[]> {
      const { tenantId, server, requestedBy } = request;
      const { items } = await deps.db.inScope(actingIn({ tenantId }), (tx) =>
        approvals.listApprovals(tx, { status: 'pending', server, requestedBy, limit: batch }),
      );
      return items.map(({ id, workflowId, processId }) => ({
        approvalId: id,
        workflowId: processId ?? workflowId,
      }));
    },

    /**
     * Declines these approvals where they are still pending. Ids of those that are declined now, by this attempt or
     * earlier: a repeated attempt has the same answer. Approvals decided otherwise or expired are left as they are.
     */
    async denyPendingApprovals(request: {
      tenantId: string;
      approvalIds: string[];
      reason: string;
      actor: Actor;
    }): Promise<string[]> {
      const { tenantId, approvalIds: ids, reason, actor } = request;
      return deps.db.inScope(actingIn({ tenantId }, actor), (tx) =>
        decisions.declineApprovals(tx, { ids, reason }),
      );
    },
  };
}
