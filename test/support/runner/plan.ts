import { readdir } from 'node:fs/promises';
import { sep } from 'node:path';

/** A file without a measurement counts as a middling one, in seconds. */
const unknownSeconds = 5;

/**
 * They kill servers and start them again, so they run when all others are through. Each kills only its own servers and
 * mostly waits for them to come back: two side by side leave each other enough of the machine.
 */
const last = /^chaos\//;

/** The order in which files run: `shared` in several processes at once, heavy ones first, then `last` in two. */
export type Plan = Readonly<{ shared: readonly string[]; last: readonly string[] }>;

/** The names of all test files below a folder: their paths from there, with forward slashes. */
export async function testFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  const names = entries.filter((name) => /\.test\.tsx?$/.test(name));
  return names.map((name) => name.split(sep).join('/')).sort();
}

/** Heavy files first, so that the processes end together. `seconds` is what each took in an earlier run. */
export function planRun(names: readonly string[], seconds: Readonly<Record<string, number>>): Plan {
  const weight = (name: string) => seconds[name] ?? unknownSeconds;
  const ordered = [...names].sort((a, b) => weight(b) - weight(a));
  return {
    shared: ordered.filter((name) => !last.test(name)),
    last: ordered.filter((name) => last.test(name)),
  };
}
