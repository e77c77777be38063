import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, sourceFiles, sourceFolders } from './support/source-files.ts';
import { countsPerFolder, refusedWords } from './support/words.ts';

const texts = /\.(ts|tsx|mjs|cjs|js|css|md|liquid|php|sh|ya?ml)$/;

async function allTexts(): Promise<string[]> {
  const folders = [...sourceFolders, 'docs', 'templates/assets'];
  const found = await Promise.all(folders.map((folder) => sourceFiles(folder, texts)));
  return ['README.md', 'CONTRIBUTING.md', '.dependency-cruiser.cjs', 'eslint.config.js', ...found.flat()];
}

describe('words', () => {
  it('are those of the field: no private word in code, comments or sentences', async () => {
    const paths = await allTexts();
    assert.ok(paths.length > 100, 'files were found');
    const found = (
      await Promise.all(
        paths.map(async (path) => refusedWords(path, await readFile(join(projectRoot, path), 'utf8'))),
      )
    ).flat();
    const lines = found.map(({ path, line, word, instead }) => `${path}:${line} "${word}": ${instead}`);
    assert.equal(found.length, 0, [...countsPerFolder(found), ...lines].join('\n'));
  });

  it('are found wherever they are in a line, and not inside other words', () => {
    const words = (path: string, text: string) =>
      refusedWords(path, text).map(({ line, word }) => `${line} ${word}`);
    assert.deepEqual(words('api/a.ts', '// Nobody knows\nconst history = `the set-up goes on`;'), [
      '1 Nobody',
      '2 goes on',
      '2 set-up',
    ]);
    assert.deepEqual(words('workers/dev/postgres/run-as.ts', "lookUp('nobody'); // for nobody"), [
      '1 nobody',
    ]);
    assert.deepEqual(words('templates/email/texts/en/invoice.liquid', 'E-Mail'), ['1 E-Mail']);
    assert.deepEqual(words('templates/email/texts/de/invoice.liquid', 'E-Mail'), []);
  });
});
