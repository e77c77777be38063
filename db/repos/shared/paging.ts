import type { Knex } from 'knex';
import { AppError } from '../../domain/errors.ts';
import { countedTo, type Page } from '../../domain/common.ts';
import { all } from './rows.ts';

/** A cursor is the sort key and id of the last row seen, opaque to callers. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

export function decodeCursor(cursor: string, length: number): string[] {
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    // PostgreSQL texts cannot hold NUL.
    const isPart = (part: unknown) => typeof part === 'string' && !part.includes('\0');
    if (Array.isArray(key) && key.length === length && key.every(isPart)) return key as string[];
  } catch {
    // Falls through to the one answer for every unreadable cursor.
  }
  throw badCursor();
}

function badCursor(cause?: unknown): AppError {
  return new AppError('request.invalid', { fields: { cursor: 'This cursor isn’t valid.' }, cause });
}

/** Answers with what a cursor leads to; a cursor that isn't a key of the list is a wrong request. */
export async function refuseBadCursor<T>(rows: Promise<T>, cursor: string | undefined): Promise<T> {
  return rows.catch((error: unknown) => {
    throw cursor && isBadValue(error) ? badCursor(error) : error;
  });
}

/** SQLSTATE class 22: a text that isn't a value of its type, such as a date that doesn't exist. */
function isBadValue(error: unknown): boolean {
  return /^22/.test((error as { code?: string }).code ?? '');
}

export interface KeysetOptions {
  /** SQL expressions of the sort key, the last one unique; all in the same direction. */
  columns: readonly [string, string];
  /** PostgreSQL types the cursor's texts are read as. */
  types: readonly [string, string];
  descending: boolean;
  cursor?: string | undefined;
  limit: number;
  counted?: boolean | undefined;
}

/** How many rows a query finds, at most one more than `countedTo`. */
async function countRows(query: Knex.QueryBuilder, key: string): Promise<number> {
  const rows = query
    .clone()
    .clearSelect()
    .select({ key })
    .limit(countedTo + 1);
  return (await all(rows)).length;
}

/**
 * One page by key, not by offset: stays fast at any depth and never shows a row twice while rows are added.
 * The query must select `key_0` and `key_1` as texts of the sort columns; rows are spelled as nouns, without them.
 */
export async function keysetPage<T>(query: Knex.QueryBuilder, options: KeysetOptions): Promise<Page<T>> {
  const [first, second] = options.columns;
  const total = options.counted ? await countRows(query, second) : undefined;
  const direction = options.descending ? 'desc' : 'asc';
  if (options.cursor) {
    const comparison = options.descending ? '<' : '>';
    void query.whereRaw(
      `(${first}, ${second}) ${comparison} (?::${options.types[0]}, ?::${options.types[1]})`,
      decodeCursor(options.cursor, 2),
    );
  }
  void query.orderByRaw(`${first} ${direction}, ${second} ${direction}`).limit(options.limit + 1);
  const rows = await refuseBadCursor(all<T & { key_0: string; key_1: string }>(query), options.cursor);
  const items = rows.slice(0, options.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > options.limit && last ? encodeCursor([last.key_0, last.key_1]) : null;
  return {
    items: items.map(({ key_0: _first, key_1: _second, ...item }) => item as T),
    nextCursor,
    ...(total !== undefined && { total }),
  };
}
