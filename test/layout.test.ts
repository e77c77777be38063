import assert from 'node:assert/strict';
import { capabilities } from '../db/domain/capabilities.ts';
import { misplacedFiles, misplacedTests, overfullFolders } from './support/layout.ts';
import { sourceFiles, sourceFolders } from './support/source-files.ts';

const files = async () => (await Promise.all(sourceFolders.map((folder) => sourceFiles(folder)))).flat();

describe('the layout', () => {
  it('has a folder per capability in every layer, under the same name', async () => {
    assert.deepEqual(misplacedFiles(await files(), capabilities), []);
    const planted = ['db/repos/money/rates.ts', 'api/admin/stuff/routes.ts', 'workflows/pay.workflow.ts'];
    assert.deepEqual(misplacedFiles(planted, capabilities), planted);
  });

  it('has at most 20 files in a folder', async () => {
    assert.deepEqual(overfullFolders(await files()), []);
    const planted = Array.from({ length: 21 }, (_, n) => `db/repos/billing/part-${n}.ts`);
    assert.deepEqual(overfullFolders(planted), ['db/repos/billing']);
  });

  it('has each test at its source’s path', async () => {
    const all = await files();
    assert.deepEqual(misplacedTests(all), []);
    const planted = 'test/db/repos/billing/plans-of-others.test.ts';
    assert.deepEqual(misplacedTests([...all, planted, 'test/db/repos/rates/rates.test.ts']), [
      'test/db/repos/rates/rates.test.ts',
    ]);
  });
});
