import type { Tx } from '../../../db/scope.ts';
import { listInbox } from '../../../db/repos/approvals/inbox.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AttentionItem, Contributions } from '../../kit/contributions.ts';

/** One item for all requests that wait for the viewer's approval. */
async function readAttention(_context: RequestContext, tx: Tx): Promise<AttentionItem[]> {
  const { items } = await listInbox(tx, { state: 'pending', for: 'me', seesAll: false, limit: 1 });
  return items.map(({ createdAt }) => ({
    urgency: 'review',
    sentence: 'Requests are waiting for your approval.',
    since: createdAt.toISOString(),
    href: '/app/approvals',
    button: 'Review approvals',
    tone: 'waiting',
  }));
}

/** What approvals add to the client's home. */
export const approvalsContributions: Contributions = {
  attention: { permission: 'approvals.decide', read: readAttention },
};
