import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { capabilities } from '../db/domain/capabilities.ts';
import {
  crossedImports,
  importsOf,
  misplacedFiles,
  misplacedTests,
  overfullFolders,
} from './support/layout.ts';
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

  it('keeps the areas of the API apart: hosts collect, capabilities import no other one', async () => {
    const api = (await files()).filter((path) => path.startsWith('api/'));
    const imports = await Promise.all(api.map(async (path) => importsOf(path, await readFile(path, 'utf8'))));
    assert.ok(imports.flat().length > 200, 'too few imports were read');
    assert.deepEqual(crossedImports(imports.flat()), []);
    const planted = [
      importsOf('api/admin/home/routes.ts', "import { whyOf } from '../runs/why.ts';"),
      importsOf('api/admin/tenants/view.ts', "import type {\n  Row,\n} from '../people/view.ts';"),
      importsOf('api/client/people/routes.ts', "import { a } from '../../admin/people/view.ts';"),
      importsOf('api/admin/shared/names.ts', "export { a } from '../runs/read.ts';"),
      importsOf('api/kit/area.ts', "import { a } from '../admin/runs/read.ts';"),
    ].flat();
    assert.equal(planted.length, 5);
    assert.deepEqual(crossedImports(planted), planted);
    const allowed = [
      importsOf('api/admin/runs/view.ts', "import { a } from '../shared/why.ts';"),
      importsOf('api/admin/shared/names.ts', "import { a } from '../../both/onboarding/id.ts';"),
      importsOf('api/areas.ts', "import { a } from './admin/runs/routes.ts';"),
    ].flat();
    assert.deepEqual(crossedImports(allowed), []);
  });
});
