import type { Tx } from '../../scope.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Decision } from '../../domain/approvals/request.ts';
import { AppError } from '../../domain/errors.ts';
import { all, first } from '../shared/rows.ts';
import { tenantOf } from '../shared/scope.ts';
import { type Approval, columns, getApproval, note, noted, type Noted } from './approvals.ts';

/**
 * For runs that take the decision themselves, as they began before there was a process for it: a person approves or
 * declines; machines, and people viewing as another user, never do. Repeating a decision changes
 * nothing. Throws `approval.expired`, and `approval.invalid` when it was decided otherwise before.
 */
export async function decideApproval(
  tx: Tx,
  { id, decision, reason }: { id: string; decision: Decision; reason: string },
): Promise<Approval> {
  const { actor, impersonatorId } = tx.scope.by;
  if (actor.type !== 'user' || impersonatorId) {
    throw new AppError('permission.denied', {
      text: 'Only a person can decide this, and not while viewing as another user.',
    });
  }
  const decided = await first<Approval>(
    tx
      .sql('approvals')
      .where({ tenant_id: tenantOf(tx), id, status: 'pending' })
      .whereRaw('expires_at > clock_timestamp()')
      .update({ status: decision, decided_by: JSON.stringify(actor), decided_at: tx.sql.fn.now(), reason })
      .returning(tx.sql.raw(columns)),
  );
  if (!decided) return asDecided(await getApproval(tx, id), decision, actor);
  note(tx, decision === 'approved' ? 'approval.approved' : 'approval.declined', decided, { reason });
  return decided;
}

/**
 * Declines requests that are still pending, without a person: what is declined cannot do harm. Returns the ids that are
 * declined afterwards, no matter when that happened; the others were decided otherwise or have expired.
 */
export async function declineApprovals(
  tx: Tx,
  { ids, reason }: { ids: readonly string[]; reason: string },
): Promise<string[]> {
  const ofTenant = () =>
    tx
      .sql('approvals')
      .where({ tenant_id: tenantOf(tx) })
      .whereIn('id', ids);
  const denied = await all<Noted>(
    ofTenant()
      .where({ status: 'pending' })
      .whereRaw('expires_at > clock_timestamp()')
      .update({
        status: 'declined',
        decided_by: JSON.stringify(tx.scope.by.actor),
        decided_at: tx.sql.fn.now(),
        reason,
      })
      .returning(noted),
  );
  for (const one of denied) note(tx, 'approval.declined', one, { reason });
  const now = await all<{ id: string }>(ofTenant().where({ status: 'declined' }).select('id'));
  return now.map(({ id }) => id);
}

function asDecided(approval: Approval, decision: string, actor: Actor): Approval {
  if (approval.status === 'expired') throw new AppError('approval.expired');
  if (approval.status === decision && approval.decidedBy?.id === actor.id) return approval;
  throw new AppError('approval.invalid', { text: 'This request was already decided.' });
}
