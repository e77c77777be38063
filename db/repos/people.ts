import type { Tx } from '../connect.ts';
import type { Page, Paging } from '../domain/common.ts';
import { keysetPage } from './paging.ts';
import { camel } from './rows.ts';

/** One line of the directory: a person and where that person belongs. */
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
  q?: string | undefined;
  role?: string | undefined;
  status?: string | undefined;
  tenantId?: string | undefined;
}

/** Newest first; a search looks at name, e-mail and tenant. */
export async function list(tx: Tx, filter: PeopleFilter): Promise<Page<Person>> {
  const query = tx.sql('users as u').select(
    'u.id',
    'u.email',
    'u.name',
    'u.status',
    'u.platform_role',
    'u.email_verified_at',
    'u.created_at',
    tx.sql.raw(`coalesce((select jsonb_agg(jsonb_build_object('tenantId', t.id, 'tenantName', t.name, 'role', m.role) order by t.name)
      from memberships m join tenants t on t.id = m.tenant_id where m.user_id = u.id), '[]') as memberships`),
    tx.sql.raw('u.created_at::text as key_0'),
    'u.id as key_1',
  );
  if (filter.status) void query.where('u.status', filter.status);
  if (filter.role === 'superAdmin' || filter.role === 'partner') void query.where('u.platform_role', filter.role);
  else if (filter.role) {
    void query.whereExists(tx.sql('memberships as m').whereRaw('m.user_id = u.id').where('m.role', filter.role).select(tx.sql.raw('1')));
  }
  if (filter.tenantId) {
    void query.whereExists(
      tx.sql('memberships as m').whereRaw('m.user_id = u.id').where('m.tenant_id', filter.tenantId).select(tx.sql.raw('1')),
    );
  }
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
    void query.where((any) =>
      any
        .whereILike('u.name', pattern)
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
  return keysetPage<Record<string, unknown> & { key_0: string; key_1: string }, Person>(
    query,
    {
      columns: ['u.created_at', 'u.id'],
      types: ['timestamptz', 'text'],
      descending: true,
      cursor: filter.cursor,
      limit: filter.limit,
    },
    ({ key_0: _first, key_1: _second, ...row }) => camel<Person>(row),
  );
}
