/**
 * Canonical JSON: keys sorted by UTF-16 code units, no spaces, numbers as JavaScript prints them. Undefined members are
 * left out, as JSON.stringify does. Throws for values JSON can't represent, since two different contents must never
 * share one form. @see RFC 8785.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('a number JSON cannot hold');
  if (value === undefined) throw new TypeError('undefined has no JSON form');
  return JSON.stringify(value);
}
