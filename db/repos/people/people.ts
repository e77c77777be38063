import type { Knex } from 'knex';
import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { Page, Paging } from '../../domain/common.ts';
import type { TenantRole } from '../../domain/roles.ts';
import { keysetPage } from '../shared/paging.ts';
import { all } from '../shared/rows.ts';
import { matchesText } from '../shared/search.ts';

export interface PersonMembership {
  tenantId: string;
  tenantName: string;
  role: TenantRole;
  status: 'active' | 'suspended';
  customRoleId: string | null;
  customRole: string | null;
  featuresOff: string[];
}

/** One row of the directory: a person and their memberships. */
export interface Person {
  id: string;
  email: string;
  name: string;
  status: 'active' | 'suspended';
  platformRole: 'superAdmin' | 'partner' | null;
  partnerId: string | null;
  /** Hash of the picture; null without one. */
  picture: string | null;
  emailVerifiedAt: Date | null;
  hasSecondFactor: boolean;
  /** Null where the person has not signed in since this is kept. */
  lastSeenAt: Date | null;
  createdAt: Date;
  memberships: PersonMembership[];
}

/** How many days ago a person was last seen. */
export const seenFilters = ['within-7', 'within-30', 'before-30', 'before-90', 'never'] as const;

export interface PeopleQuery {
  id?: string | undefined;
  ids?: readonly string[] | undefined;
  q?: string | undefined;
  role?: string | undefined;
  status?: string | undefined;
  secondFactor?: 'on' | 'off' | undefined;
  seen?: (typeof seenFilters)[number] | undefined;
  tenantId?: string | undefined;
}

export interface PeopleFilter extends PeopleQuery, Paging {
  /** By name or when last seen; the newest account first without it. */
  sort?: { key: 'name' | 'seen'; descending: boolean } | null | undefined;
}

const memberships = `coalesce((
  select jsonb_agg(jsonb_build_object('tenantId', t.id, 'tenantName', t.name, 'role', m.role, 'status', m.status,
           'customRoleId', m.custom_role_id, 'customRole', r.name, 'featuresOff', m.features_off) order by t.name)
  from memberships m
  join tenants t on t.id = m.tenant_id
  left join custom_roles r on r.tenant_id = m.tenant_id and r.id = m.custom_role_id
  where m.user_id = u.id), '[]') as memberships`;

/** A client all of whose memberships are suspended is as good as suspended. */
const isSuspended = `(u.status = 'suspended' or (u.platform_role is null
  and exists (select 1 from memberships m where m.user_id = u.id)
  and not exists (select 1 from memberships m where m.user_id = u.id and m.status = 'active')))`;

function whereMember(tx: Tx, query: Knex.QueryBuilder, column: 'm.role' | 'm.tenant_id', value: string) {
  const membership = tx.sql('memberships as m').whereRaw('m.user_id = u.id').where(column, value);
  void query.whereExists(membership.select(tx.sql.raw('1')));
}

function whereStatus(query: Knex.QueryBuilder, status: string): void {
  void query.whereRaw(status === 'suspended' ? isSuspended : `not ${isSuspended}`);
  if (status === 'unconfirmed') void query.whereNull('u.email_verified_at');
  if (status === 'active') void query.whereNotNull('u.email_verified_at');
}

function whereSeen(query: Knex.QueryBuilder, seen: NonNullable<PeopleQuery['seen']>): void {
  if (seen === 'never') return void query.whereNull('u.last_seen_at');
  const [when, days = ''] = seen.split('-');
  const comparison = when === 'within' ? '>=' : '<';
  void query.whereRaw(`u.last_seen_at ${comparison} now() - make_interval(days => ?)`, [Number(days)]);
}

/** Looks at name, email, tenant and id. */
async function whereText(tx: Tx, query: Knex.QueryBuilder, words: string): Promise<void> {
  const found = await matchesText(tx, 'users', ['name', 'email'], words);
  const tenants = await matchesText(tx, 'tenants', ['name'], words);
  void query.where((any) =>
    any
      .where('u.id', words)
      .orWhereIn('u.id', found.ids)
      .orWhereIn('u.id', tx.sql('memberships').whereIn('tenant_id', tenants.ids).select('user_id')),
  );
}

async function restrict(tx: Tx, query: Knex.QueryBuilder, filter: PeopleQuery): Promise<void> {
  const { id, ids, role, status, secondFactor, seen, tenantId, q } = filter;
  if (id) void query.where('u.id', id);
  if (ids) void query.whereIn('u.id', ids as string[]);
  if (status) whereStatus(query, status);
  if (role === 'superAdmin' || role === 'partner') void query.where('u.platform_role', role);
  else if (role) whereMember(tx, query, 'm.role', role);
  if (tenantId) whereMember(tx, query, 'm.tenant_id', tenantId);
  if (secondFactor === 'on') void query.whereNotNull('u.second_factor_at');
  if (secondFactor === 'off') void query.whereNull('u.second_factor_at');
  if (seen) whereSeen(query, seen);
  if (q) await whereText(tx, query, q);
}

const orders = {
  created: { column: 'u.created_at', type: 'timestamptz' },
  name: { column: 'lower(u.name)', type: 'text' },
  seen: { column: `coalesce(u.last_seen_at, '-infinity'::timestamptz)`, type: 'timestamptz' },
} as const;

/** One page of the people within reach. */
export async function list(tx: Tx, filter: PeopleFilter): Promise<Page<Person>> {
  const { key, descending } = filter.sort ?? { key: 'created', descending: true };
  const { column, type } = orders[key];
  const query = tx
    .sql('users as u')
    .select(
      'u.id',
      'u.email',
      'u.name',
      'u.status',
      'u.platform_role',
      'u.partner_id',
      'u.picture',
      'u.email_verified_at',
      tx.sql.raw('u.second_factor_at is not null as has_second_factor'),
      'u.last_seen_at',
      'u.created_at',
      tx.sql.raw(memberships),
      tx.sql.raw(`${column}::text as key_0`),
      'u.id as key_1',
    );
  await restrict(tx, query, filter);
  return keysetPage<Person>(query, {
    columns: [column, 'u.id'],
    types: [type, 'text'],
    descending,
    cursor: filter.cursor,
    limit: filter.limit,
    counted: filter.counted,
  });
}

/** Ids of the people a query finds, by id, one more than `limit` where there are more. */
export async function ids(tx: Tx, filter: PeopleQuery, limit: number): Promise<string[]> {
  const query = tx
    .sql('users as u')
    .orderBy('u.id')
    .limit(limit + 1)
    .select('u.id');
  await restrict(tx, query, filter);
  return (await all<{ id: string }>(query)).map(({ id }) => id);
}

/** One person within reach. Throws `user.not-found`. */
export async function get(tx: Tx, id: string): Promise<Person> {
  const { items } = await list(tx, { id, limit: 1 });
  const [person] = items;
  if (!person) throw new AppError('user.not-found');
  return person;
}

/** When each of these people last signed in. Sign-ins may be in any ledger, so the platform's reach is needed. */
export async function lastSignIns(tx: Tx, userIds: readonly string[]): Promise<Map<string, Date>> {
  if (userIds.length === 0) return new Map();
  const rows = await all<{ id: string; at: Date }>(
    tx.sql.raw(
      `select u.id, e.occurred_at as at from unnest(?::text[]) as u (id)
     cross join lateral (
       select occurred_at from events where actor_id = u.id and action = 'session.opened'
       order by occurred_at desc, id desc limit 1
     ) e`,
      [userIds as string[]],
    ),
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** Names of people by id; people outside the visibility are missing. */
export async function names(tx: Tx, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await all<{ id: string; name: string }>(
    tx
      .sql('users')
      .whereIn('id', userIds as string[])
      .select('id', 'name'),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
