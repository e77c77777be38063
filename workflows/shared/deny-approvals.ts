import { ApplicationFailure, getExternalWorkflowHandle } from '@temporalio/workflow';
import type { Actor } from '../../db/domain/actor.ts';
import type { ApprovalDenied } from './admin-actions.ts';
import { db } from './profiles.ts';

/** Type of the failure with which Temporal answers a signal to a workflow that has ended. */
const hasEnded = 'ExternalWorkflowExecutionNotFound';

/**
 * Denies every call that waits for approval at a server or that a person asked for, and wakes the workflows that wait for the answer. The list is
 * read in a step of its own: when the denial is repeated after a crash, it still knows which workflows to wake. How many
 * were denied.
 */
export async function denyPendingApprovals(of: {
  tenantId: string;
  server?: string;
  requestedBy?: string;
  reason: string;
  actor: Actor;
}): Promise<number> {
  let count = 0;
  const { tenantId, reason, actor, ...which } = of;
  for (;;) {
    const pending = await db.listPendingApprovals({ tenantId, ...which });
    if (pending.length === 0) return count;
    const approvalIds = pending.map(({ approvalId }) => approvalId);
    const denied = await db.denyPendingApprovals({ tenantId, approvalIds, reason, actor });
    const waiting = pending.filter(({ approvalId }) => denied.includes(approvalId));
    await Promise.all(waiting.map(wake));
    count += waiting.length;
  }
}

async function wake({ approvalId, workflowId }: { approvalId: string; workflowId: string | null }) {
  if (workflowId === null) return;
  try {
    await getExternalWorkflowHandle(workflowId).signal<[ApprovalDenied]>('approvalDenied', { approvalId });
  } catch (error) {
    if (error instanceof ApplicationFailure && error.type === hasEnded) return;
    throw error;
  }
}
