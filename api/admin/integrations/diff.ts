import type { HashedDefinition } from '../../../db/domain/integrations/servers.ts';

/** One fact of a tool that was another before; null where it was or is not said. */
export interface Change {
  /** Where it stands, in words: "Input › amount › maximum". */
  field: string;
  before: string | null;
  after: string | null;
}

const roots: Record<string, string> = {
  title: 'Title',
  description: 'Description',
  inputSchema: 'Input',
  outputSchema: 'Answer',
  annotations: 'Hints',
};

const isPlain = (value: unknown) => value === null || typeof value !== 'object';
const wordsOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Every single fact of a definition by its path; lists of plain values are one fact. */
function factsOf(value: unknown, path: readonly string[], facts: Map<string, string>): Map<string, string> {
  if (value === undefined || (value === null && path.length === 1)) return facts;
  if (isPlain(value)) return facts.set(JSON.stringify(path), wordsOf(value));
  const entries = Object.entries(value as object);
  if (entries.length === 0 || (Array.isArray(value) && value.every(isPlain))) {
    return facts.set(JSON.stringify(path), Array.isArray(value) ? value.map(wordsOf).join(', ') : '{}');
  }
  for (const [key, member] of entries) factsOf(member, [...path, key], facts);
  return facts;
}

function inWords([root = '', ...rest]: string[]): string {
  const keywords = rest.filter((segment) => segment !== 'properties');
  return [roots[root] ?? root, ...keywords].join(' › ');
}

function allOf(definition: HashedDefinition | null): Map<string, string> {
  const facts = new Map<string, string>();
  for (const root of Object.keys(roots)) factsOf(definition?.[root as 'title'], [root], facts);
  return facts;
}

/** What a tool says now that it did not say when it was approved, field by field, in the order of the definition. */
export function changesBetween(before: HashedDefinition | null, after: HashedDefinition): Change[] {
  const [was, is] = [allOf(before), allOf(after)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => ({
      field: inWords(JSON.parse(path) as string[]),
      before: was.get(path) ?? null,
      after: is.get(path) ?? null,
    }));
}
