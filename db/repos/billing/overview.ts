import type { Knex } from 'knex';
import type { SubscriptionFilter } from '../../domain/billing/bulk.ts';
import type { Subscription } from '../../domain/billing/subscriptions.ts';
import type { Page, Paging } from '../../domain/common.ts';
import type { Tx } from '../../scope.ts';
import { keysetPage } from '../shared/paging.ts';
import { all } from '../shared/rows.ts';
import { matchesText } from '../shared/search.ts';

/** A subscription in the list of all, with whose and what it is. */
export type ListedSubscription = Subscription & { tenantName: string; planTitle: string };

export const subscriptionSorts = ['started', 'amount', 'period'] as const;
type Sort = (typeof subscriptionSorts)[number];

const sortKeys = {
  started: { key: 's.created_at', type: 'timestamptz' },
  amount: { key: 's.amount_minor', type: 'bigint' },
  period: { key: 's.period_end', type: 'timestamptz' },
} as const satisfies Record<Sort, unknown>;

/** `state` apart, so that the counts by state are of the same list. */
async function found(
  tx: Tx,
  { q, state, plan, version }: SubscriptionFilter,
): Promise<{ query: Knex.QueryBuilder }> {
  const query = tx.sql('subscriptions as s');
  if (q) {
    const { ids } = await matchesText(tx, 'tenants', ['name'], q);
    void query.where(
      (any) =>
        void any
          .whereIn('s.tenant_id', ids as string[])
          .orWhere('s.tenant_id', q)
          .orWhere('s.id', q),
    );
  }
  if (state) void query.where('s.status', state);
  if (plan) void query.where('s.plan_key', plan);
  if (version) void query.where('s.plan_version', Number(version));
  return { query };
}

/** Subscriptions of all tenants within reach, those that started last first. */
export async function list(
  tx: Tx,
  {
    sort,
    descending,
    limit,
    cursor,
    counted,
    ...filter
  }: SubscriptionFilter & Paging & { sort: Sort; descending: boolean },
): Promise<Page<ListedSubscription>> {
  const { key, type } = sortKeys[sort];
  const { query } = await found(tx, filter);
  void query
    .join('tenants as t', 't.id', 's.tenant_id')
    .join('plans as p', 'p.key', 's.plan_key')
    .select('s.*', 't.name as tenant_name', 'p.title as plan_title')
    .select(tx.sql.raw(`(${key})::text as key_0`), 's.id as key_1');
  return keysetPage<ListedSubscription>(query, {
    ...{ columns: [key, 's.id'], types: [type, 'text'] },
    ...{ descending, limit, cursor, counted },
  });
}

/** How many there are in each state, whatever state is asked for. */
export async function countByState(
  tx: Tx,
  { state: _state, ...filter }: SubscriptionFilter,
): Promise<ReadonlyMap<Subscription['status'], number>> {
  const { query } = await found(tx, filter);
  const rows = await all<{ status: Subscription['status']; n: number }>(
    query.groupBy('s.status').select('s.status', tx.sql.raw('count(*)::int as n')),
  );
  return new Map(rows.map(({ status, n }) => [status, n]));
}

export async function ids(tx: Tx, filter: SubscriptionFilter, limit: number): Promise<string[]> {
  const { query } = await found(tx, filter);
  const rows = await all<{ id: string }>(
    query
      .orderBy('s.id')
      .limit(limit + 1)
      .select('s.id'),
  );
  return rows.map(({ id }) => id);
}

/** Names of the tenants behind subscriptions; those out of reach are missing. */
export async function names(tx: Tx, of: readonly string[]): Promise<Map<string, string>> {
  const rows = await all<{ id: string; name: string }>(
    tx
      .sql('subscriptions as s')
      .join('tenants as t', 't.id', 's.tenant_id')
      .whereIn('s.id', of as string[])
      .select('s.id', 't.name'),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
