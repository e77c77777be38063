import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrations } from '../../db/migrations/index.ts';
import { projectRoot } from '../support/source-files.ts';

const path = join(projectRoot, 'test/db/migration-checksums.json');
const checksum = (sql: string) => createHash('sha256').update(sql).digest('hex');

/**
 * Installations that ran a migration never run it again, so a migration that has shipped stays as it is: a change is a
 * new migration. A new one is added here with the checksum that the failure shows.
 */
describe('migrations that have shipped', () => {
  it('are never edited, removed or put in another order', async () => {
    const shipped = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
    const now = Object.fromEntries(migrations.map(({ name, up }) => [name, checksum(up)]));
    assert.deepEqual(now, shipped);
    assert.deepEqual(Object.keys(now), Object.keys(shipped));
  });
});
