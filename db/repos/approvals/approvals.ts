import type { Tx } from '../../scope.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Page, Paging } from '../../domain/common.ts';
import { AppError } from '../../domain/errors.ts';
import type { EventAction } from '../../domain/event.ts';
import { newId } from '../../domain/ids.ts';
import type { ApprovalStatus } from '../../domain/approvals/approval.ts';
import type { ApprovalField, ApprovalPolicy, ApprovalValues } from '../../domain/approvals/request.ts';
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
  /** The call that is asked for; null for a request of another kind, which has a title. */
  server: string | null;
  tool: string | null;
  risk: RiskClass | null;
  title: string | null;
  argumentsHash: string;
  /** The arguments, redacted for people. */
  summary: Record<string, unknown>;
  requestedBy: Actor;
  /** The run that waits for the decision. */
  workflowId: string | null;
  /** The run that takes decisions; null where the waiting run does, as it began before there was one. */
  processId: string | null;
  policy: ApprovalPolicy | null;
  fields: ApprovalField[];
  /** What was entered by those who approved. */
  fieldValues: ApprovalValues;
  /** The person who asked may decide too. */
  selfAllowed: boolean;
  escalatedAt: Date | null;
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
  'title',
  'requested_by',
  'workflow_id',
  'process_id',
  'policy',
  'fields',
  'field_values',
  'self_allowed',
  'escalated_at',
  'decided_by',
  'decided_at',
  'reason',
  'expires_at',
  'used_at',
  'created_at',
].join(', ');
/** A request that wasn't decided or used in time has expired, whether or not that is recorded yet. */
export const statusNow = `case when status in ('pending', 'approved') and expires_at <= now() then 'expired' else status end`;
export const columns = `${plain}, ${statusNow} as status`;

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
  on conflict (tenant_id, server, tool, arguments_hash, (requested_by ->> 'type'), (requested_by ->> 'id'),
               coalesce(workflow_id, ''))
    where status = 'pending' do update set status = excluded.status
  returning ${columns}, xmax = 0 as is_new`;

/**
 * Requests approval of a call with exactly these arguments. While one is pending, a run that asks again gets the same
 * request, and another run one of its own.
 */
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
  /** Instead of the newest first. */
  oldestFirst?: boolean | undefined;
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

export const outcome = `(select c.outcome from mcp_calls c
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
    descending: !filter.oldestFirst,
    cursor: filter.cursor,
    limit: filter.limit,
    counted: filter.counted,
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

export const noted = ['id', 'tenant_id as tenantId', 'server', 'tool'];
export type Noted = Pick<Approval, 'id' | 'tenantId' | 'server' | 'tool'>;

export function noteExpiry(tx: Tx, { id, tenantId, server, tool }: Noted): void {
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

const targetsOf = ({ id, server, tool }: Pick<Approval, 'id' | 'server' | 'tool'>) => [
  { type: 'approval' as const, id },
  ...(server && tool ? [{ type: 'tool' as const, id: `${server}/${tool}` }] : []),
];

export function note(
  tx: Tx,
  action: EventAction,
  approval: Pick<Approval, 'id' | 'server' | 'tool'>,
  data: Record<string, string>,
): void {
  tx.record({
    action,
    outcome: action === 'approval.declined' ? 'denied' : 'success',
    targets: targetsOf(approval),
    data,
  });
}
