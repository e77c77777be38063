import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Key of the stored histories; it protects nothing but these. */
export const corpusKey = Buffer.alloc(32, 'key of the stored test histories');

export const corpusFolder = fileURLToPath(new URL('./histories/', import.meta.url));

export interface Stored {
  workflowId: string;
  history: unknown;
}

export async function readCorpus(): Promise<(Stored & { name: string })[]> {
  const names = (await readdir(corpusFolder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name,
      ...(JSON.parse(await readFile(corpusFolder + name, 'utf8')) as Stored),
    })),
  );
}
