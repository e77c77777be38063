import type { Tx } from '../../scope.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Page, Paging } from '../../domain/common.ts';
import { AppError } from '../../domain/errors.ts';
import type { EventAction } from '../../domain/event.ts';
import { newId } from '../../domain/ids.ts';
import type { ApprovalStatus } from '../../domain/approvals/approval.ts';
import type { RiskClass } from '../../domain/integrations/risk.ts';
import { keysetPage } from '../shared/paging.ts';
import { tenantOf } from '../shared/scope.ts';
import { all, first, one } from '../shared/rows.ts';
import { dayMs } from '../../domain/time.ts';

/** How long a request waits for a decision, and a decision for its call. */
export const approvalLifetimeMs = dayMs;

export interface Approval {
  id: string;
  tenantId: string;
  server: string;
  tool: string;
  argumentsHash: string;
  /** The arguments, redacted for people. */
  summary: Record<string, unknown>;
  risk: RiskClass;
  requestedBy: Actor;
  workflowId: string | null;
  status: ApprovalStatus;
  decidedBy: Actor | null;
  decidedAt: Date | null;
  reason: string | null;
  expiresAt: Date;
  usedAt: Date | null;
  createdAt: Date;
}

const plain = [
  'id',
  'tenant_id',
  'server',
  'tool',
  'arguments_hash',
  'summary',
  'risk',
  'requested_by',
  'workflow_id',
  'decided_by',
  'decided_at',
  'reason',
  'expires_at',
  'used_at',
  'created_at',
].join(', ');
/** A request that wasn't decided or used in time has expired, whether or not that is recorded yet. */
const statusNow = `case when status in ('pending', 'approved') and expires_at <= now() then 'expired' else status end`;
const columns = `${plain}, ${statusNow} as status`;

export interface NewApproval {
  server: string;
  tool: string;
  argumentsHash: string;
  summary: Record<string, unknown>;
  risk: RiskClass;
  lifetimeMs?: number;
}

const request = `
  insert into approvals (id, tenant_id, server, tool, arguments_hash, summary, risk, requested_by, workflow_id, status,
                             expires_at)
  values (:id, :tenantId, :server, :tool, :argumentsHash, cast(:summary as jsonb), :risk, cast(:requestedBy as jsonb),
          :workflowId, 'pending', now() + cast(:lifetime as interval))
  on conflict (tenant_id, server, tool, arguments_hash, (requested_by ->> 'type'), (requested_by ->> 'id'))
    where status = 'pending' do update set status = excluded.status
  returning ${columns}, xmax = 0 as is_new`;

/** Requests approval of a call with exactly these arguments. While one is pending, the same request is returned. */
export async function requestApproval(tx: Tx, approval: NewApproval): Promise<Approval> {
  const { server, tool, argumentsHash, summary, risk, lifetimeMs = approvalLifetimeMs } = approval;
  const { actor, context } = tx.scope.by;
  const tenantId = tenantOf(tx);
  const tooLate = await all<Noted>(
    tx
      .sql('approvals')
      .where({ tenant_id: tenantId, server, tool, arguments_hash: argumentsHash, status: 'pending' })
      .whereRaw('expires_at <= now()')
      .update({ status: 'expired' })
      .returning(noted),
  );
  for (const one of tooLate) noteExpiry(tx, one);
  const { isNew, ...saved } = await one<Approval & { isNew: boolean }>(
    tx.sql.raw(request, {
      id: newId('approval'),
      tenantId,
      server,
      tool,
      argumentsHash,
      summary: JSON.stringify(summary),
      risk,
      requestedBy: JSON.stringify(actor),
      workflowId: context.workflowId ?? null,
      lifetime: `${lifetimeMs} milliseconds`,
    }),
  );
  if (isNew) note(tx, 'approval.requested', saved, { risk });
  return saved;
}

/** Throws `approval.not-found`. */
export async function getApproval(tx: Tx, id: string): Promise<Approval> {
  const row = await first<Approval>(tx.sql('approvals').where({ id }).select(tx.sql.raw(columns)));
  if (!row) throw new AppError('approval.not-found');
  return row;
}

export interface ApprovalFilter extends Paging {
  status?: ApprovalStatus | undefined;
  server?: string | undefined;
  /** Id of the person or other actor that asked. */
  requestedBy?: string | undefined;
  tenantId?: string | undefined;
}

export interface ListedApproval extends Approval {
  /** The outcome of the call it was used for: `ok` or a code of the error table; null until that is recorded. */
  outcome: string | null;
}

const outcome = `(select c.outcome from mcp_calls c
  where c.tenant_id = approvals.tenant_id and c.server = approvals.server and c.tool = approvals.tool
    and c.at >= approvals.used_at and c.at < approvals.used_at + interval '1 day'
    and c.call_key = approvals.used_for
  order by c.attempt desc limit 1) as outcome`;

/** Every request in the scope, newest first. */
export async function listApprovals(tx: Tx, filter: ApprovalFilter): Promise<Page<ListedApproval>> {
  const query = tx
    .sql('approvals')
    .select(tx.sql.raw(`${columns}, ${outcome}`), tx.sql.raw('created_at::text as key_0'), 'id as key_1');
  if (filter.status) void query.whereRaw(`${statusNow} = ?`, [filter.status]);
  if (filter.server) void query.where({ server: filter.server });
  if (filter.requestedBy) void query.whereRaw(`requested_by ->> 'id' = ?`, [filter.requestedBy]);
  if (filter.tenantId) void query.where({ tenant_id: filter.tenantId });
  return keysetPage<ListedApproval>(query, {
    columns: ['created_at', 'id'],
    types: ['timestamptz', 'text'],
    descending: true,
    cursor: filter.cursor,
    limit: filter.limit,
  });
}

/** How many requests in the scope are pending. */
export async function countPending(tx: Tx): Promise<number> {
  const { n } = await one<{ n: number }>(
    tx.sql('approvals').where({ status: 'pending' }).whereRaw('expires_at > now()').count('* as n'),
  );
  return n;
}

/**
 * A person approves or denies; machines, and people viewing as another user, never do. Repeating a decision changes
 * nothing. Throws `approval.expired`, and `approval.invalid` when it was decided otherwise before.
 */
export async function decideApproval(
  tx: Tx,
  { id, decision, reason }: { id: string; decision: 'approved' | 'denied'; reason: string },
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
  note(tx, decision === 'approved' ? 'approval.approved' : 'approval.denied', decided, { reason });
  return decided;
}

/**
 * Denies requests that are still pending, without a person: what is denied cannot do harm. Returns the ids that are
 * denied afterwards, no matter when that happened; the others were decided otherwise or have expired.
 */
export async function denyApprovals(
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
        status: 'denied',
        decided_by: JSON.stringify(tx.scope.by.actor),
        decided_at: tx.sql.fn.now(),
        reason,
      })
      .returning(noted),
  );
  for (const one of denied) note(tx, 'approval.denied', one, { reason });
  const now = await all<{ id: string }>(ofTenant().where({ status: 'denied' }).select('id'));
  return now.map(({ id }) => id);
}

function asDecided(approval: Approval, decision: string, actor: Actor): Approval {
  if (approval.status === 'expired') throw new AppError('approval.expired');
  if (approval.status === decision && approval.decidedBy?.id === actor.id) return approval;
  throw new AppError('approval.invalid', { text: 'This request was already decided.' });
}

/**
 * Consumes an approval for one call. `callKey` identifies the call: a repeated attempt of the same call may use it
 * again, as the vendor gets the same idempotency key. Throws `approval.invalid` unless a person approved this tool with
 * these arguments for the current actor, and it is unused and not expired.
 */
export async function useApproval(
  tx: Tx,
  use: { id: string; server: string; tool: string; argumentsHash: string; callKey: string },
): Promise<void> {
  const { id, server, tool, argumentsHash, callKey } = use;
  const { type, id: actorId } = tx.scope.by.actor;
  const asApproved = { tenant_id: tenantOf(tx), id, server, tool, arguments_hash: argumentsHash };
  const used = await tx
    .sql('approvals')
    .where({ ...asApproved, status: 'approved' })
    .whereRaw(`requested_by ->> 'type' = ? and requested_by ->> 'id' = ?`, [type, actorId])
    .whereRaw('expires_at > clock_timestamp()')
    .update({ status: 'used', used_at: tx.sql.fn.now(), used_for: callKey });
  if (used === 1) {
    note(tx, 'approval.used', { id, server, tool }, {});
    return;
  }
  const again = await first(
    tx
      .sql('approvals')
      .where({ ...asApproved, status: 'used', used_for: callKey })
      .select('id')
      .limit(1),
  );
  if (!again) throw new AppError('approval.invalid');
}

const noted = ['id', 'tenant_id as tenantId', 'server', 'tool'];
type Noted = Pick<Approval, 'id' | 'tenantId' | 'server' | 'tool'>;

function noteExpiry(tx: Tx, { id, tenantId, server, tool }: Noted): void {
  tx.record({ action: 'approval.expired', tenantId, targets: targetsOf({ id, server, tool }) });
}

/** Expires requests that are past their time and still open. Returns how many. */
export async function expireApprovals(
  tx: Tx,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  const rows = await all<Noted>(
    tx.sql.raw(
      `update approvals set status = 'expired' where (tenant_id, id) in (
       select tenant_id, id from approvals where status in ('pending', 'approved') and expires_at <= :before
       order by expires_at limit :limit for update skip locked)
     returning id, tenant_id as "tenantId", server, tool`,
      { before, limit },
    ),
  );
  // Chains are locked in one order everywhere, so that two who write to several wait and do not block each other.
  for (const one of rows.sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1))) noteExpiry(tx, one);
  return rows.length;
}

/** Expires one request that is past its time and still open; otherwise does nothing. */
export async function expireApproval(tx: Tx, id: string): Promise<void> {
  const one = await first<Noted>(
    tx
      .sql('approvals')
      .where({ tenant_id: tenantOf(tx), id })
      .whereIn('status', ['pending', 'approved'])
      .whereRaw('expires_at <= clock_timestamp()')
      .update({ status: 'expired' })
      .returning(noted),
  );
  if (one) noteExpiry(tx, one);
}

const targetsOf = ({ id, server, tool }: Pick<Approval, 'id' | 'server' | 'tool'>) =>
  [
    { type: 'approval', id },
    { type: 'tool', id: `${server}/${tool}` },
  ] as const;

function note(
  tx: Tx,
  action: EventAction,
  approval: Pick<Approval, 'id' | 'server' | 'tool'>,
  data: Record<string, string>,
): void {
  tx.record({
    action,
    outcome: action === 'approval.denied' ? 'denied' : 'success',
    targets: targetsOf(approval),
    data,
  });
}
