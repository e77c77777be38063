import { readdir } from 'node:fs/promises';
import { sep } from 'node:path';

/** A file without a measurement counts as a middling one, in seconds. */
const unknownSeconds = 5;

/** They kill servers and watch the clock, so they run last, one after the other, with the machine to themselves. */
const alone = /^chaos\//;

/** The order in which files run: `shared` in several processes at once, heavy ones first, then `alone` in one. */
export type Plan = Readonly<{ shared: readonly string[]; alone: readonly string[] }>;

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
    shared: ordered.filter((name) => !alone.test(name)),
    alone: ordered.filter((name) => alone.test(name)),
  };
}
