import type { Tx } from '../../scope.ts';
import type { Page, Paging } from '../../domain/common.ts';
import type { EventBody, NewEvent } from '../../domain/event.ts';
import { idFromKey, PLATFORM_TENANT_ID } from '../../domain/ids.ts';
import { keysetPage } from '../shared/paging.ts';
import { matchesText } from '../shared/search.ts';

export interface EventFilter extends Paging {
  tenantId?: string | undefined;
  actorId?: string | undefined;
  /** Acts by this person, and acts on this person. */
  involving?: string | undefined;
  actorType?: string | undefined;
  /** Part of the acting person's name, or the full id of the actor. */
  actor?: string | undefined;
  action?: string | undefined;
  targetId?: string | undefined;
  workflowId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

export type ListedEvent = EventBody & {
  seq: number;
  hash: string;
  tenantName: string | null;
  actorName: string | null;
};

interface Row {
  seq: number;
  hash: string;
  body: EventBody;
  tenantName: string | null;
  actorName: string | null;
}

/**
 * Records an event once for a key. The commit of a process that was killed can still arrive, so an attempt that is
 * repeated looks first; of two at the same time, the later one fails and finds the event when it is tried again.
 */
export async function recordOnce(tx: Tx, key: string, event: NewEvent): Promise<void> {
  const { visibility } = tx.scope;
  const chain =
    typeof visibility === 'object' && 'tenantId' in visibility ? visibility.tenantId : PLATFORM_TENANT_ID;
  const id = await idFromKey('event', key);
  const found: unknown = await tx.sql('events').where({ tenant_id: chain, id }).first(tx.sql.raw('1'));
  if (found === undefined) tx.record({ ...event, id });
}

/** Newest first. */
export async function list(tx: Tx, filter: EventFilter): Promise<Page<ListedEvent>> {
  const query = tx
    .sql('events as e')
    .leftJoin('tenants as t', 't.id', 'e.tenant_id')
    .leftJoin('users as u', 'u.id', 'e.actor_id')
    .select(
      'e.seq',
      'e.body',
      tx.sql.raw(`encode(e.hash, 'hex') as hash`),
      't.name as tenant_name',
      'u.name as actor_name',
      tx.sql.raw('e.occurred_at::text as key_0'),
      'e.id as key_1',
    );
  if (filter.tenantId) void query.where('e.tenant_id', filter.tenantId);
  if (filter.actorId) void query.where('e.actor_id', filter.actorId);
  if (filter.involving) {
    const { involving } = filter;
    void query.where((any) => any.where('e.actor_id', involving).orWhere('e.target_id', involving));
  }
  if (filter.actorType) void query.where('e.actor_type', filter.actorType);
  if (filter.actor) {
    const { actor } = filter;
    const people = await matchesText(tx, 'users', ['name', 'email'], actor);
    void query.where((any) => any.where('e.actor_id', actor).orWhereIn('e.actor_id', people.ids));
  }
  if (filter.action) void query.where('e.action', filter.action);
  if (filter.targetId) void query.where('e.target_id', filter.targetId);
  if (filter.workflowId) void query.where('e.workflow_id', filter.workflowId);
  if (filter.from) void query.where('e.occurred_at', '>=', filter.from);
  if (filter.to) void query.where('e.occurred_at', '<', filter.to);
  const page = await keysetPage<Row>(query, {
    columns: ['e.occurred_at', 'e.id'],
    types: ['timestamptz', 'text'],
    descending: true,
    cursor: filter.cursor,
    limit: filter.limit,
  });
  return { ...page, items: page.items.map(({ body, ...row }) => ({ ...body, ...row })) };
}
