import type { HashedDefinition } from '../../../db/domain/integrations/tools.ts';
import { definitionTitles } from '../../../templates/admin/integrations/copy/tool.ts';

/** One value of a tool definition that changed; null where it is absent. */
export interface Change {
  /** Its path: "Input › amount › maximum". */
  field: string;
  before: string | null;
  after: string | null;
}

const isPlain = (value: unknown) => value === null || typeof value !== 'object';
const valueText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Every value of a definition by its path; a list of plain values is one value. */
function factsOf(value: unknown, path: readonly string[], facts: Map<string, string>): Map<string, string> {
  if (value === undefined || (value === null && path.length === 1)) return facts;
  if (isPlain(value)) return facts.set(JSON.stringify(path), valueText(value));
  const entries = Object.entries(value as object);
  if (entries.length === 0 || (Array.isArray(value) && value.every(isPlain))) {
    return facts.set(JSON.stringify(path), Array.isArray(value) ? value.map(valueText).join(', ') : '{}');
  }
  for (const [key, member] of entries) factsOf(member, [...path, key], facts);
  return facts;
}

function pathText([root = '', ...rest]: string[]): string {
  const keywords = rest.filter((segment) => segment !== 'properties');
  return [definitionTitles[root] ?? root, ...keywords].join(' › ');
}

function allOf(definition: HashedDefinition | null): Map<string, string> {
  const facts = new Map<string, string>();
  for (const root of Object.keys(definitionTitles)) factsOf(definition?.[root as 'title'], [root], facts);
  return facts;
}

/** The values that differ between two definitions of a tool, in the order of the newer one. */
export function changesBetween(before: HashedDefinition | null, after: HashedDefinition): Change[] {
  const [was, is] = [allOf(before), allOf(after)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => ({
      field: pathText(JSON.parse(path) as string[]),
      before: was.get(path) ?? null,
      after: is.get(path) ?? null,
    }));
}
