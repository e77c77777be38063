import { managers } from '../../../db/domain/approvals/decide.ts';
import { selfApproval } from '../../../db/domain/approvals/settings.ts';
import { approversOf, listDeciders } from '../../../db/repos/approvals/approvers.ts';
import { resolve } from '../../../db/repos/settings/values.ts';
import type { RequestContext } from '../../kit/context.ts';

/** Who can approve a call that the person asks for: they themselves, as no one else can, or only others. */
export async function approverOf(context: RequestContext): Promise<'self' | 'others'> {
  const { tenantId } = context.tenant();
  const platform = { ...context.scope('platform'), readOnly: true };
  const selfAllowed = await context.deps.db.inScope(platform, (tx) => resolve(tx, selfApproval, tenantId));
  const deciders = await context.deps.db.inScope({ ...context.tenant(), readOnly: true }, (tx) =>
    listDeciders(tx, tenantId),
  );
  const { userId } = context.person();
  const asked = { policy: { needed: 1, from: managers, expiresInMs: 0, escalation: null }, escalated: false };
  const found = approversOf(deciders, { ...asked, requestedBy: context.actor(), selfAllowed });
  return found.some((one) => one.userId === userId) ? 'self' : 'others';
}
