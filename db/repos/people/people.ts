import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { Page, Paging } from '../../domain/common.ts';
import { keysetPage } from '../shared/paging.ts';
import { all } from '../shared/rows.ts';

/** One row of the directory: a person and their membership. */
export interface Person {
  id: string;
  email: string;
  name: string;
  status: string;
  platformRole: string | null;
  emailVerifiedAt: Date | null;
  createdAt: Date;
  memberships: { tenantId: string; tenantName: string; role: string }[];
}

export interface PeopleFilter extends Paging {
  id?: string | undefined;
  q?: string | undefined;
  role?: string | undefined;
  status?: string | undefined;
  tenantId?: string | undefined;
  /** By name, or the newest first. */
  sort?: 'name' | '-name' | undefined;
}

/** A search looks at name, email, tenant and id. */
export async function list(tx: Tx, filter: PeopleFilter): Promise<Page<Person>> {
  const key = filter.sort ? 'lower(u.name)' : 'u.created_at';
  const query = tx.sql('users as u').select(
    'u.id',
    'u.email',
    'u.name',
    'u.status',
    'u.platform_role',
    'u.email_verified_at',
    'u.created_at',
    tx.sql
      .raw(`coalesce((select jsonb_agg(jsonb_build_object('tenantId', t.id, 'tenantName', t.name, 'role', m.role) order by t.name)
      from memberships m join tenants t on t.id = m.tenant_id where m.user_id = u.id), '[]') as memberships`),
    tx.sql.raw(`${key}::text as key_0`),
    'u.id as key_1',
  );
  if (filter.id) void query.where('u.id', filter.id);
  if (filter.status === 'unconfirmed')
    void query.where('u.status', 'active').whereNull('u.email_verified_at');
  else if (filter.status === 'active')
    void query.where('u.status', 'active').whereNotNull('u.email_verified_at');
  else if (filter.status) void query.where('u.status', filter.status);
  if (filter.role === 'superAdmin' || filter.role === 'partner')
    void query.where('u.platform_role', filter.role);
  else if (filter.role) {
    void query.whereExists(
      tx
        .sql('memberships as m')
        .whereRaw('m.user_id = u.id')
        .where('m.role', filter.role)
        .select(tx.sql.raw('1')),
    );
  }
  if (filter.tenantId) {
    void query.whereExists(
      tx
        .sql('memberships as m')
        .whereRaw('m.user_id = u.id')
        .where('m.tenant_id', filter.tenantId)
        .select(tx.sql.raw('1')),
    );
  }
  if (filter.q) {
    const { q } = filter;
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    void query.where((any) =>
      any
        .where('u.id', q)
        .orWhereILike('u.name', pattern)
        .orWhereILike('u.email', pattern)
        .orWhereExists(
          tx
            .sql('memberships as m')
            .join('tenants as t', 't.id', 'm.tenant_id')
            .whereRaw('m.user_id = u.id')
            .whereILike('t.name', pattern)
            .select(tx.sql.raw('1')),
        ),
    );
  }
  return keysetPage<Person>(query, {
    columns: [key, 'u.id'],
    types: [filter.sort ? 'text' : 'timestamptz', 'text'],
    descending: filter.sort !== 'name',
    cursor: filter.cursor,
    limit: filter.limit,
  });
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
