import { Context } from '@temporalio/activity';
import type { Actor } from '../../db/domain/actor.ts';
import * as approvals from '../../db/repos/approvals/approvals.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import type { ToolOutcome } from '../mcp/gateway/gateway.ts';

/** Tools of the tenant's connected services, through the gateway. */
export function toolCallActivities(deps: Deps) {
  return {
    /**
     * Calls a tool, or answers that somebody has to agree first. Throws the codes of the gateway: `tool.*`,
     * `server.*`, `connection.*`, `approval.invalid`.
     */
    async callTool(request: {
      tenantId: string;
      actor: Actor;
      server: string;
      tool: string;
      arguments: Record<string, unknown>;
      approvalId?: string;
    }): Promise<ToolOutcome> {
      const context = Context.current();
      return deps.gateway.call({
        ...request,
        scope: actingIn({ tenantId: request.tenantId }, request.actor),
        key: effectKey(),
        attempt: context.info.attempt,
        signal: context.cancellationSignal,
      });
    },

    /** Writes a person's decision down. Throws `approval.invalid`, `approval.expired`, `permission.denied`. */
    async decideApproval(request: {
      tenantId: string;
      approvalId: string;
      decision: 'approved' | 'denied';
      reason: string;
      by: Actor;
    }): Promise<void> {
      const { tenantId, approvalId: id, decision, reason, by } = request;
      await deps.db.inScope(actingIn({ tenantId }, by), (tx) =>
        approvals.decideApproval(tx, { id, decision, reason }),
      );
    },

    /** Writes down that nobody decided in time. */
    async expireApproval(request: { tenantId: string; approvalId: string }): Promise<void> {
      const { tenantId, approvalId } = request;
      await deps.db.inScope(actingIn({ tenantId }), (tx) => approvals.expireApproval(tx, approvalId));
    },
  };
}
