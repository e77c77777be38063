/** Names of columns as members; there are as many as the schema has. */
const members = new Map<string, string>();

function memberOf(column: string): string {
  const known = members.get(column);
  if (known !== undefined) return known;
  const member = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  members.set(column, member);
  return member;
}

/** `tenant_id` → `tenantId`: rows are spelled as nouns wherever they are read. */
export function camel<T>(row: Record<string, unknown>): T {
  const noun: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) noun[memberOf(column)] = value;
  return noun as T;
}

/** The builder answers with the rows, raw SQL with the driver's result. */
type Answer = Record<string, unknown>[] | { rows: Record<string, unknown>[] };

async function rowsOf(statement: PromiseLike<unknown>): Promise<Record<string, unknown>[]> {
  const answer = (await statement) as Answer;
  return Array.isArray(answer) ? answer : answer.rows;
}

/** Every row a statement answers with, spelled as nouns. `T` says what it selects; nothing checks that. */
export async function all<T>(statement: PromiseLike<unknown>): Promise<T[]> {
  return (await rowsOf(statement)).map((row) => camel<T>(row));
}

/** The first of them; null when there is none. Adds no limit, as a change that returns rows takes none. */
export async function first<T>(statement: PromiseLike<unknown>): Promise<T | null> {
  const [row] = await rowsOf(statement);
  return row ? camel<T>(row) : null;
}

/** The row of a statement that always answers with one. */
export async function one<T>(statement: PromiseLike<unknown>): Promise<T> {
  const row = await first<T>(statement);
  if (!row) throw new Error('a statement that always answers with a row gave none');
  return row;
}

/** `tenantId` → `tenant_id`; members that are undefined are left out. */
export function snake(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}

/** SQLSTATE of a refused duplicate. */
export function isDuplicate(error: unknown, constraint: string): boolean {
  const { code, constraint: name } = error as { code?: string; constraint?: string };
  return code === '23505' && name === constraint;
}
