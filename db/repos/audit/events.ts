import type { Knex } from 'knex';
import type { Tx } from '../../scope.ts';
import type { Page, Paging } from '../../domain/common.ts';
import type { EventBody, NewEvent } from '../../domain/event.ts';
import { idFromKey, PLATFORM_TENANT_ID } from '../../domain/ids.ts';
import { keysetPage } from '../shared/paging.ts';
import { matchesText } from '../shared/search.ts';

export interface EventFilter extends Paging {
  /** Instead of the newest first. */
  oldestFirst?: boolean | undefined;
  tenantId?: string | undefined;
  actorId?: string | undefined;
  /** Part of the name of the person who acted or whom it is about, or their full id. */
  about?: string | undefined;
  actorType?: string | undefined;
  /** Part of the acting person's name, or the full id of the actor. */
  actor?: string | undefined;
  action?: string | undefined;
  /** Any of these. */
  actions?: readonly string[] | undefined;
  /** Part of the name of the person who acted in another's view, or their full id. */
  impersonator?: string | undefined;
  outcome?: string | undefined;
  /** The full id of an event, or of a person, target or workflow it names. */
  anyId?: string | undefined;
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

/** Narrows to events that name, in one of the columns, this full id or a person whose name or email holds the words. */
async function wherePerson(
  tx: Tx,
  query: Knex.QueryBuilder,
  columns: readonly string[],
  words: string,
): Promise<void> {
  const people = await matchesText(tx, 'users', ['name', 'email'], words);
  void query.where((any) => {
    for (const column of columns) void any.orWhere(column, words).orWhereIn(column, people.ids);
  });
}

/** Whether one of these chains holds the event. */
export async function isRecorded(tx: Tx, chains: readonly string[], id: string): Promise<boolean> {
  const found: unknown = await tx
    .sql('events')
    .whereIn('tenant_id', chains as string[])
    .where({ id })
    .first(tx.sql.raw('1'));
  return found !== undefined;
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
  if (filter.about) await wherePerson(tx, query, ['e.actor_id', 'e.target_id'], filter.about);
  if (filter.actorType) void query.where('e.actor_type', filter.actorType);
  if (filter.actor) await wherePerson(tx, query, ['e.actor_id'], filter.actor);
  if (filter.action) void query.where('e.action', filter.action);
  if (filter.actions) void query.whereIn('e.action', filter.actions);
  if (filter.impersonator) await wherePerson(tx, query, ['e.impersonator_id'], filter.impersonator);
  if (filter.outcome) void query.where('e.outcome', filter.outcome);
  if (filter.anyId) {
    const { anyId } = filter;
    const places = ['e.id', 'e.actor_id', 'e.target_id', 'e.workflow_id', 'e.impersonator_id'];
    void query.where((any) => places.forEach((place) => void any.orWhere(place, anyId)));
  }
  if (filter.targetId) void query.where('e.target_id', filter.targetId);
  if (filter.workflowId) void query.where('e.workflow_id', filter.workflowId);
  if (filter.from) void query.where('e.occurred_at', '>=', filter.from);
  if (filter.to) void query.where('e.occurred_at', '<', filter.to);
  const page = await keysetPage<Row>(query, {
    columns: ['e.occurred_at', 'e.id'],
    types: ['timestamptz', 'text'],
    descending: !filter.oldestFirst,
    cursor: filter.cursor,
    limit: filter.limit,
    counted: filter.counted,
  });
  return { ...page, items: page.items.map(({ body, ...row }) => ({ ...body, ...row })) };
}
