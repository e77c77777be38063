import type { Caller } from './api.ts';

/** Decides a request as its page does: bound to the arguments that were read. */
export async function decideApproval(
  caller: Caller,
  approvalId: string,
  given: { decision?: 'approved' | 'declined'; reason?: string; values?: Record<string, unknown> } = {},
) {
  const { body } = await caller.call('GET', `/api/approvals/${approvalId}`);
  return caller.call('POST', `/api/approvals/${approvalId}/decision`, {
    decision: 'approved',
    reason: 'The customer returned it',
    argumentsHash: String(body?.argumentsHash),
    ...given,
  });
}
