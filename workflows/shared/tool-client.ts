import { condition, patched } from '@temporalio/workflow';
import type { Actor } from '../../db/domain/actor.ts';
import type { ApprovalDecision, ApprovalDenied } from './admin-actions.ts';
import { startCallApproval } from './ask-approval.ts';
import { fail } from './failures.ts';
import { db, tool } from './profiles.ts';

export interface ToolRequest {
  server: string;
  tool: string;
  arguments: Record<string, unknown>;
}

/** A call that waits for an approval. */
export interface PendingApproval {
  approvalId: string;
  /** Milliseconds. */
  expiresAtMs: number;
}

/**
 * How a workflow calls tools: for one actor, through the MCP gateway, and waiting for a person where an approval is
 * required. The workflow registers `decide` as its update `decideApproval` and `denied` as its signal `approvalDenied`;
 * `onPending` gets the approval it waits for, and null afterwards.
 */
export function toolClient(
  whose: { tenantId: string; actor: Actor },
  onPending: (pending: PendingApproval | null) => void,
) {
  const open = new Map<string, ApprovalDecision['decision'] | null>();

  async function callApproved(request: ToolRequest, approvalId: string): Promise<unknown> {
    const second = await tool.callTool({ ...whose, ...request, approvalId });
    if (second.kind === 'done') return second.result;
    return fail('approval.invalid');
  }

  return {
    /** Calls a tool. Fails with `approval.declined`, `approval.expired` or `approval.withdrawn` without an approval, and with the gateway's codes. */
    async callTool(request: ToolRequest): Promise<unknown> {
      const first = await tool.callTool({ ...whose, ...request });
      if (first.kind === 'done') return first.result;
      const { approvalId } = first;
      const expiresAtMs = Date.parse(first.expiresAt);
      if (patched('request-approval')) {
        const asked = { tenantId: whose.tenantId, requestedBy: whose.actor, approvalId };
        const opened = await startCallApproval({ ...asked, arguments: request.arguments });
        onPending({ approvalId, expiresAtMs });
        const { outcome } = await opened.result();
        onPending(null);
        if (outcome !== 'approved') fail(`approval.${outcome}`);
        return callApproved(request, approvalId);
      }
      // A run that began before there was a process for requests takes the decision itself.
      // The denial may arrive before the answer that names the approval.
      if (!open.has(approvalId)) open.set(approvalId, null);
      onPending({ approvalId, expiresAtMs });
      await condition(() => open.get(approvalId) !== null, Math.max(1, expiresAtMs - Date.now()));
      const decision = open.get(approvalId);
      open.delete(approvalId);
      onPending(null);
      if (decision === 'denied') fail('approval.declined');
      if (!decision) {
        await db.expireApproval({ tenantId: whose.tenantId, approvalId });
        fail('approval.expired');
      }
      return callApproved(request, approvalId);
    },

    decide: {
      summary: 'A person approves a call, or denies it',
      validate({ approvalId }: ApprovalDecision): void {
        if (open.get(approvalId) !== null)
          fail('approval.invalid', 'This call isn’t waiting for a decision.');
      },
      async run(decision: ApprovalDecision): Promise<null> {
        await db.decideApproval({ tenantId: whose.tenantId, ...decision });
        open.set(decision.approvalId, decision.decision);
        return null;
      },
    },

    denied: {
      summary: 'The approval was denied elsewhere',
      run({ approvalId }: ApprovalDenied): void {
        if (!open.get(approvalId)) open.set(approvalId, 'denied');
      },
    },
  };
}
