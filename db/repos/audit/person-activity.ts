import type { Tx } from '../../scope.ts';
import type { Page, Paging } from '../../domain/common.ts';
import type { EventBody } from '../../domain/event.ts';
import { decodeCursor, encodeCursor, refuseBadCursor } from '../shared/paging.ts';
import { all } from '../shared/rows.ts';
import type { ListedEvent } from './events.ts';

export interface ActivityFilter extends Paging {
  userId: string;
  /** One of these actions. */
  actions?: readonly string[] | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

interface Row {
  seq: number;
  hash: string;
  body: EventBody;
  tenantName: string | null;
  actorName: string | null;
  impersonatorName: string | null;
  key0: string;
  key1: string;
}

/** An event of a person's activity; `impersonatorName` is who acted through the eyes of the actor. */
export type PersonEvent = ListedEvent & { impersonatorName: string | null };

/** What an event has to do with the person; each finds its newest by an index of its own. */
const parts = [
  'e.actor_id = :userId',
  'e.impersonator_id = :userId',
  'e.target_id = :userId',
  // As the index says it.
  `case when jsonb_typeof(e.body -> 'targets') = 'array' then jsonb_array_length(e.body -> 'targets') > 1 else false end
   and e.body -> 'targets' @> :target::jsonb`,
];

/** Everything done by, for or as a person, the newest first: each event once, whatever it has to do with the person. */
export async function list(tx: Tx, filter: ActivityFilter): Promise<Page<PersonEvent>> {
  const { userId, actions, from, to, cursor, limit } = filter;
  const [at, id] = cursor ? decodeCursor(cursor, 2) : [null, null];
  const more = [
    actions ? 'and e.action = any(:actions)' : '',
    from ? 'and e.occurred_at >= :from' : '',
    to ? 'and e.occurred_at < :to' : '',
    at ? 'and (e.occurred_at, e.id) < (:at::timestamptz, :id::text)' : '',
  ].join(' ');
  const newest = parts.map(
    (part) => `(select e.tenant_id, e.seq, e.id, e.occurred_at from events e where ${part} ${more}
       order by e.occurred_at desc, e.id desc limit :limit)`,
  );
  const values = {
    userId,
    target: JSON.stringify([{ type: 'user', id: userId }]),
    limit: limit + 1,
    ...(actions && { actions: [...actions] }),
    ...(from && { from }),
    ...(to && { to }),
    ...(at !== null && { at, id: id ?? '' }),
  };
  const found = all<Row>(
    tx.sql.raw(
      `select e.seq, e.body, encode(e.hash, 'hex') as hash, t.name as tenant_name, u.name as actor_name,
              i.name as impersonator_name, e.occurred_at::text as key0, e.id as key1
       from (${newest.join(' union ')}) found
       join events e on e.tenant_id = found.tenant_id and e.seq = found.seq
       left join tenants t on t.id = e.tenant_id
       left join users u on u.id = e.actor_id
       left join users i on i.id = e.impersonator_id
       order by e.occurred_at desc, e.id desc limit :limit`,
      values,
    ),
  );
  const rows = await refuseBadCursor(found, cursor);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ body, key0: _at, key1: _id, ...row }) => ({ ...body, ...row })),
    nextCursor: rows.length > limit && last ? encodeCursor([last.key0, last.key1]) : null,
  };
}
