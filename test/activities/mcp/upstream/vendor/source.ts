import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A large document of which only the parts that are asked for are read. */
export interface Source {
  /** Names under a path of names. */
  names(path: readonly string[]): string[];
  /** The value at a path; undefined when there is none. */
  at(path: readonly string[]): unknown;
}

export function openSource(file: string): Source {
  const content = readFileSync(file, 'utf8');
  return file.endsWith('.json') ? jsonSource(JSON.parse(content)) : yamlSource(content.split('\n'));
}

type Node = Record<string, unknown>;

function jsonSource(document: unknown): Source {
  const at = (path: readonly string[]) =>
    path.reduce<unknown>((node, name) => (node as Node | undefined)?.[name], document);
  return { at, names: (path) => Object.keys((at(path) as Node | undefined) ?? {}) };
}

/** Lines from and until, of everything below a name. */
type Block = [number, number];

/**
 * YAML of the usual kind: two spaces for each level, one name per line. The parser needs seconds for a file of a
 * megabyte, so the first three levels are found by their indentation and only the block that is asked for is parsed.
 */
function yamlSource(lines: readonly string[]): Source {
  const found = new Map<string, Map<string, Block>>();
  const parsed = new Map<string, unknown>();

  function blocks(path: readonly string[]): Map<string, Block> {
    const key = path.join('\n');
    const known = found.get(key);
    if (known) return known;
    const [from, until] = path.length === 0 ? [0, lines.length] : (blockAt(path) ?? [0, 0]);
    const level = new Map<string, Block>();
    const starts = new RegExp(`^ {${path.length * 2}}(?:"([^"]+)"|'([^']+)'|([^\\s#"'-].*?)):(?:\\s|$)`);
    let open: { name: string; from: number } | undefined;
    for (let line = from; line < until; line += 1) {
      const [match, ...names] = starts.exec(lines[line] ?? '') ?? [];
      if (match === undefined) continue;
      if (open) level.set(open.name, [open.from, line]);
      open = { name: names.find((name) => name !== undefined) ?? '', from: line + 1 };
    }
    if (open) level.set(open.name, [open.from, until]);
    found.set(key, level);
    return level;
  }

  const blockAt = (path: readonly string[]) => blocks(path.slice(0, -1)).get(path.at(-1) ?? '');

  function at(path: readonly string[]): unknown {
    const block = path.slice(0, 3);
    const key = block.join('\n');
    if (!parsed.has(key)) {
      const range = blockAt(block);
      const head = range && (lines[range[0] - 1] ?? '').trimStart();
      parsed.set(
        key,
        range && (Object.values(parse([head, ...lines.slice(...range)].join('\n')) as Node)[0] as unknown),
      );
    }
    return path.slice(3).reduce<unknown>((node, name) => (node as Node | undefined)?.[name], parsed.get(key));
  }

  return { at, names: (path) => [...blocks(path).keys()] };
}
