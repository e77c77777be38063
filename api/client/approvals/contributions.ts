import type { Tx } from '../../../db/scope.ts';
import { listApprovals } from '../../../db/repos/approvals/approvals.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AttentionItem, Contributions } from '../../kit/contributions.ts';

/** One item for all calls that wait for the viewer's approval. */
async function readAttention(_context: RequestContext, tx: Tx): Promise<AttentionItem[]> {
  const { items } = await listApprovals(tx, { status: 'pending', limit: 1 });
  return items.map(({ createdAt }) => ({
    urgency: 'review',
    sentence: 'Calls are waiting for your approval.',
    since: createdAt.toISOString(),
    href: '/app/approvals',
    button: 'Review approvals',
    tone: 'waiting',
  }));
}

/** What approvals add to the client's home. */
export const approvalsContributions: Contributions = {
  attention: { permission: 'tools.approve', read: readAttention },
};
