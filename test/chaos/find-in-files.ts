import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Temporal's database with its write-ahead log, and what the processes wrote down. */
const watched = [
  { folder: 'temporal', ending: /\.db(-wal)?$/ },
  { folder: 'logs', ending: /\.log(\.1)?$/ },
];

/** Where one of the words stands in a file, as "file: word … what is around it". Throws when there was nothing to read. */
export async function findInFiles(dataDir: string, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { folder, ending } of watched) {
    const names = (await readdir(join(dataDir, folder))).filter((name) => ending.test(name));
    let bytes = 0;
    for (const name of names) {
      const content = await readFile(join(dataDir, folder, name));
      bytes += content.length;
      for (const word of words) {
        const at = content.indexOf(word);
        if (at < 0) continue;
        const around = content.subarray(Math.max(0, at - 200), at + 100).toString('latin1');
        found.push(`${folder}/${name}: ${word}: ${around.replace(/[^\x20-\x7e]+/g, ' ')}`);
      }
    }
    if (bytes < 10_000) throw new Error(`hardly anything was read in ${folder}`);
  }
  return found;
}
