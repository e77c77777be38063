import { readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Top folders of hand-written source. */
export const sourceFolders = [
  'activities',
  'api',
  'db',
  'templates',
  'test',
  'workers',
  'workflows',
] as const;

const skipped = new Set(['node_modules', 'assets', 'histories']);

/** Source files below a folder, relative to the project, with forward slashes. */
export async function sourceFiles(folder: string, ending = /\.(ts|tsx|mjs|cjs)$/): Promise<string[]> {
  const found: string[] = [];
  const visit = async (directory: string): Promise<void> => {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name)) await visit(path);
      else if (entry.isFile() && ending.test(entry.name))
        found.push(relative(projectRoot, path).split(sep).join('/'));
    }
  };
  await visit(join(projectRoot, folder));
  return found.sort();
}
