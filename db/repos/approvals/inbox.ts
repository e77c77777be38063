import type { Tx } from '../../scope.ts';
import { personBehind } from '../../domain/actor.ts';
import type { ApprovalStatus } from '../../domain/approvals/approval.ts';
import type { Page, Paging } from '../../domain/common.ts';
import { AppError } from '../../domain/errors.ts';
import { keysetPage } from '../shared/paging.ts';
import { first, one } from '../shared/rows.ts';
import { tenantOf } from '../shared/scope.ts';
import { columns, type ListedApproval, outcome, statusNow } from './approvals.ts';

/** The requests as one person sees them: who may decide is asked of the policies, in the database. */

const among = (list: string, entry: string): string => `jsonb_exists(coalesce(${list}, '[]'), ${entry})`;
const belongs = (to: string): string =>
  `(${among(`${to} -> 'roles'`, ':role')} or ${among(`${to} -> 'people'`, ':me')}
    or ${among(`${to} -> 'groups'`, `coalesce(:groupId, '')`)})`;

/** Those whom the policy names; a request without one is for owners and admins. */
const isFor = `case when policy is null then :role in ('owner', 'admin')
  else ${belongs(`policy -> 'from'`)} or escalated_at is not null and ${belongs(`policy -> 'escalation' -> 'to'`)} end`;
const isOwn = `(requested_by ->> 'type' <> 'agent' and coalesce(requested_by ->> 'onBehalfOf', requested_by ->> 'id') = :me)`;
const hasDecided = `exists (select from approval_decisions d
  where d.tenant_id = approvals.tenant_id and d.approval_id = approvals.id and d.user_id = :me)`;
const isMine = `(${statusNow}) = 'pending' and (${isFor}) and not ${hasDecided}
  and (policy is null or self_allowed or not ${isOwn})`;
const isSeen = `(:all or ${isOwn} or ${hasDecided} or ${isFor})`;

export interface InboxFilter extends Paging {
  /** `decided`: everything that has ended. */
  state?: ApprovalStatus | 'decided' | undefined;
  /** Those that the person can decide now, or all others that they see. */
  for?: 'me' | 'others' | undefined;
  /** The person sees every request of the team, not only their own and those for them. */
  seesAll: boolean;
}

export interface InboxItem extends ListedApproval {
  /** The person can decide it now. */
  isMine: boolean;
  isOwn: boolean;
}

async function viewerOf(tx: Tx, all: boolean) {
  const me = personBehind(tx.scope.by.actor);
  const member = await first<{ role: string; customRoleId: string | null }>(
    tx
      .sql('memberships')
      .where({ tenant_id: tenantOf(tx), user_id: me })
      .select('role', 'custom_role_id'),
  );
  return { me, all, role: member?.role ?? '', groupId: member?.customRoleId ?? null };
}

function query(tx: Tx, viewer: Awaited<ReturnType<typeof viewerOf>>) {
  return tx
    .sql('approvals')
    .where({ tenant_id: tenantOf(tx) })
    .whereRaw(isSeen, viewer)
    .select(
      tx.sql.raw(`${columns}, ${outcome}, (${isMine}) as is_mine, ${isOwn} as is_own`, viewer),
      tx.sql.raw('created_at::text as key_0'),
      'id as key_1',
    );
}

/** What a person sees of the requests of their team, newest first. */
export async function listInbox(tx: Tx, filter: InboxFilter): Promise<Page<InboxItem>> {
  const viewer = await viewerOf(tx, filter.seesAll);
  const asked = query(tx, viewer);
  if (filter.state === 'decided') void asked.whereRaw(`${statusNow} <> 'pending'`);
  else if (filter.state) void asked.whereRaw(`${statusNow} = ?`, [filter.state]);
  if (filter.for) void asked.whereRaw(filter.for === 'me' ? `(${isMine})` : `not (${isMine})`, viewer);
  return keysetPage<InboxItem>(asked, {
    columns: ['created_at', 'id'],
    types: ['timestamptz', 'text'],
    descending: true,
    cursor: filter.cursor,
    limit: filter.limit,
    counted: filter.counted,
  });
}

/** One request as a person sees it. Throws `approval.not-found` where they don't. */
export async function getFromInbox(tx: Tx, id: string, seesAll: boolean): Promise<InboxItem> {
  const found = await first<InboxItem>(query(tx, await viewerOf(tx, seesAll)).where({ id }));
  if (!found) throw new AppError('approval.not-found');
  return found;
}

/** How many requests the person who asks can decide now. */
export async function countMine(tx: Tx): Promise<number> {
  const viewer = await viewerOf(tx, false);
  const { n } = await one<{ n: number }>(
    tx
      .sql('approvals')
      .where({ tenant_id: tenantOf(tx), status: 'pending' })
      .whereRaw(isMine, viewer)
      .count('* as n'),
  );
  return n;
}
