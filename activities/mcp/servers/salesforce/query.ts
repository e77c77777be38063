import type { VendorApi } from '../../kit/vendor-api.ts';

/** A quoted and escaped SOQL string. */
export function literal(value: string): string {
  const escaped = value.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  return `'${escaped}'`;
}

/** `WHERE` with the given conditions; empty when there are none. */
export function where(...conditions: (string | false | undefined)[]): string {
  const all = conditions.filter(Boolean);
  return all.length > 0 ? ` WHERE ${all.join(' AND ')}` : '';
}

/** Words for a full-text search, none of them an operator. */
export function searchWords(words: string): string {
  return words.replace(/[?&|!{}[\]()^~*:\\"'+-]/g, '\\$&');
}

/**
 * Allows only reads. SOQL has no writing statements, but clauses outside quotes that record views (FOR VIEW, FOR
 * REFERENCE).
 */
export function readingOnly(soql: string, api: VendorApi): string {
  const bare = soql.replace(/'(?:\\.|[^'\\])*'/g, "''");
  if (!/^\s*select\s/i.test(bare)) api.refuse('soql', 'A query begins with SELECT.');
  if (/\bfor\s+(view|reference|update)\b|\bupdate\s+(tracking|viewstat)\b/i.test(bare)) {
    api.refuse('soql', 'Leave FOR VIEW, FOR REFERENCE, FOR UPDATE and UPDATE out: they change records.');
  }
  return soql;
}
