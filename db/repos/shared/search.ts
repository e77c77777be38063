import type { Knex } from 'knex';
import type { Tx } from '../../scope.ts';
import { all } from './rows.ts';

const few = 1_000;

/**
 * Ids of the rows that hold the words in one of the columns, for `whereIn`. Few are looked up first and handed on as
 * values, so the planner knows how few they are and goes by their index; many come as a query of their own, and a
 * walk through the long table soon meets enough of them. In an object, as awaiting a query would send it off.
 */
export async function matchesText(
  tx: Tx,
  table: 'tenants' | 'users',
  columns: readonly string[],
  words: string,
): Promise<{ ids: string[] | Knex.QueryBuilder }> {
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const matching = tx.sql(table).select('id');
  for (const column of columns) void matching.orWhereILike(column, pattern);
  const found = await all<{ id: string }>(matching.clone().limit(few + 1));
  return { ids: found.length > few ? matching : found.map(({ id }) => id) };
}
