import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requirements, unknownDone } from './requirements.ts';
import { projectRoot, sourceFiles } from './support/source-files.ts';

const idShape = /^[A-Z]{2,3}-([A-Z]\d?|\d{1,2})[a-z]?$/;
/** The feature that a part belongs to: "BIL-6" for "BIL-6a". */
const featureOf = (id: string) => id.replace(/[a-z]$/, '');
const description = join(projectRoot, '..', 'shared', 'FEATURES.md');

/** Ids in square brackets in titles: `describe('[TEN-6] …')`, `it('[SEC-7] [TEN-6] …')`. */
async function citedIds(): Promise<Map<string, string>> {
  const cited = new Map<string, string>();
  for (const path of (await sourceFiles('test')).filter((name) => /\.test\.tsx?$/.test(name))) {
    const text = await readFile(join(projectRoot, path), 'utf8');
    for (const [, title] of text.matchAll(
      /\b(?:describe|it)(?:\.\w+)?\(\s*(?:'|"|`)((?:\[[^\]\n]+\]\s*)+)/g,
    )) {
      for (const [, id] of (title ?? '').matchAll(/\[([^\]]+)\]/g)) cited.set(id ?? '', path);
    }
  }
  return cited;
}

/** "ONB-1", "MCP-R1; MCP-R2", "MCP-01 quickbooks · 02 xero": every id the description names, however it is set. */
function describedIds(text: string): string[] {
  const named = [
    ...text.matchAll(
      /\b((?:ONB|TEN|USR|SEC|WF|AI|MCP|BIL|WP|CRM|HLT|ANA|CFG|SUP|REP)-(?:[A-Z]\d?|\d{1,2}))\b/g,
    ),
  ].map(([, id]) => id ?? '');
  const servers = text.split('\n').find((line) => line.startsWith('- MCP-01')) ?? '';
  const numbered = [...servers.matchAll(/· (\d{2}) /g)].map(([, number]) => `MCP-${number ?? ''}`);
  return [...new Set([...named, ...numbered])];
}

describe('the list of features', () => {
  it('has each id once, in its shape, with words of its own', () => {
    const ids = requirements.map(({ id }) => id);
    assert.deepEqual([...new Set(ids)], ids);
    for (const { id, behaviour } of requirements) {
      assert.match(id, idShape);
      assert.ok(behaviour.length > 5, id);
    }
    assert.deepEqual(unknownDone, []);
  });

  it('has a test for everything that is done', async () => {
    const cited = await citedIds();
    const uncited = requirements.filter(
      ({ id, status }) => status === 'done' && !cited.has(id) && !cited.has(featureOf(id)),
    );
    assert.deepEqual(
      uncited.map(({ id }) => id),
      [],
      'done, but no title of a test cites it',
    );
  });

  it('knows every id that a test cites', async () => {
    const known = new Set(requirements.flatMap(({ id }) => [id, featureOf(id)]));
    const unknown = [...(await citedIds())].filter(([id]) => !known.has(id));
    assert.deepEqual(unknown, []);
  });

  it('has no feature both whole and in parts, and no part alone', () => {
    const ids = requirements.map(({ id }) => id);
    const parts = ids.filter((id) => featureOf(id) !== id);
    for (const part of parts) {
      assert.ok(!ids.includes(featureOf(part)), `${part} beside its whole`);
      assert.ok(parts.filter((other) => featureOf(other) === featureOf(part)).length > 1, part);
    }
  });

  it('is complete by the description of the product, where that is at hand', async () => {
    if (!existsSync(description)) {
      console.log('      (the description is not beside this checkout, so it was not compared)');
      return;
    }
    const known = new Set(requirements.map(({ id }) => featureOf(id)));
    const missing = describedIds(await readFile(description, 'utf8')).filter((id) => !known.has(id));
    assert.deepEqual(missing, []);
  });
});
