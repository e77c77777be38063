/** Names of columns as members; there are as many as the schema has. */
const members = new Map<string, string>();

function memberOf(column: string): string {
  const known = members.get(column);
  if (known !== undefined) return known;
  const member = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  members.set(column, member);
  return member;
}

/** `tenant_id` → `tenantId`: rows are spelled as nouns everywhere outside this folder. */
export function camel<T>(row: Record<string, unknown>): T {
  const noun: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) noun[memberOf(column)] = value;
  return noun as T;
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
