import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { exitOf } from '../../../workers/dev/kit/child.ts';
import { findProcess } from '../../../workers/dev/kit/processes.ts';
import { testDirectory } from '../../support/workspace.ts';
import { rowOf } from '../../support/runner/capabilities.ts';
import { planRun } from '../../support/runner/plan.ts';
import { projectRoot } from '../../support/source-files.ts';
import { eventually } from '../../support/world.ts';

/** Test files by name, in a folder of their own. */
async function plant(purpose: string, files: Record<string, string>): Promise<string> {
  const folder = await testDirectory(purpose);
  for (const [name, code] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), code);
  }
  return folder;
}

function start(folder: string, env: NodeJS.ProcessEnv = {}) {
  const runner = spawn(process.execPath, ['--import=tsx', 'test/support/runner/main.ts', folder], {
    cwd: projectRoot,
    // The run that this test is part of may be one that records.
    env: { ...process.env, CI: '', TEST_RECORD: '', TEST_PROCESSES: '2', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { runner, ended: Promise.all([exitOf(runner), text(runner.stdout)]) };
}

async function run(folder: string, env?: NodeJS.ProcessEnv): Promise<{ ended: string; output: string }> {
  const [ended, output] = await start(folder, env).ended;
  return { ended, output };
}

const lastLine = (output: string) => output.trimEnd().split('\n').at(-1);
const allowedSkip = 'the descriptions of the vendors are not here (../shared/specs)';

describe('a run of all test files', function () {
  this.timeout(120_000);

  it('counts what passed and was skipped over all files, and runs chaos last', async () => {
    const folder = await plant('runner-whole', {
      'chaos/last.test.ts': `it('kills', () => {})`,
      'db/one.test.ts': `describe('one', () => { it('adds', () => {}); it('takes', () => {}) })`,
      'two.test.tsx': `it('shows', () => {}); it.skip('later', () => {})`,
      'no-test.ts': `throw new Error('this is not a test file')`,
    });
    const { ended, output } = await run(folder);
    assert.equal(lastLine(output), '4 passed, 0 failed, 1 skipped', output);
    assert.equal(ended, 'exit code 0');
    const blocks = [...output.matchAll(/^── .*?\/((?:chaos\/|db\/)?\w+\.test\.tsx?) ·/gm)];
    assert.equal(blocks.length, 3);
    assert.equal(blocks.at(-1)?.[1], 'chaos/last.test.ts');
  });

  it('fails by a test, by a file that does not load or holds no test, and says which', async () => {
    const folder = await plant('runner-failing', {
      'adding.test.ts': `import assert from 'node:assert';
        describe('adding', () => { it('is right', () => {}); it('is wrong', () => assert.equal(1 + 1, 3)) })`,
      'late.test.ts': `it('forgets', () => { void Promise.reject(new Error('not awaited')) })
        it('waits a little', () => new Promise((resolve) => setTimeout(resolve, 50)))`,
      'broken.test.ts': `import './nowhere.ts'`,
      'empty.test.ts': `describe('nothing', () => {})`,
    });
    const { ended, output } = await run(folder);
    assert.equal(ended, 'exit code 1');
    const list = output.slice(output.indexOf('\nFailures\n'));
    assert.match(
      list,
      /\) adding is wrong\n +\S+\/adding\.test\.ts\n +AssertionError[^]+?adding\.test\.ts:2:/,
    );
    assert.match(list, /\) The file could not be loaded\n +\S+\/broken\.test\.ts\n/);
    assert.match(list, /\) The file holds no test\n +\S+\/empty\.test\.ts\n/);
    assert.match(list, /\S+\/late\.test\.ts\n +Error: not awaited\n/);
    assert.match(lastLine(output) ?? '', /^[12] passed, [45] failed, 0 skipped$/);
  });

  it('fails when a process ends in the middle of a test, with 0 too, and runs the other files all the same', async () => {
    const folder = await plant('runner-crash', {
      'crash.test.ts': `describe('it', () => { it('begins', () => {}); it('leaves', () => process.exit(0)); it('never runs', () => {}) })`,
      'other.test.ts': `it('is run', () => {})`,
    });
    const { ended, output } = await run(folder, { TEST_PROCESSES: '1' });
    assert.equal(ended, 'exit code 1');
    assert.match(output, /\) The process ended in "it leaves"\n +\S+\/crash\.test\.ts\n +exit code 0\n/);
    assert.equal(lastLine(output), '2 passed, 1 failed, 0 skipped');
  });

  it('fails by a skip under CI, unless it is on the list', async () => {
    const folder = await plant('runner-skips', {
      'skips.test.ts': `it.skip('later', () => {}); it.skip(${JSON.stringify(allowedSkip)}, () => {}); it('is run', () => {})`,
    });
    const { ended, output } = await run(folder, { CI: 'true' });
    assert.equal(ended, 'exit code 1');
    assert.match(output, /\) later\n +\S+\/skips\.test\.ts\n +Skipped, and not in allowed-skips\.json\n/);
    assert.equal(lastLine(output), '1 passed, 1 failed, 1 skipped');
  });

  for (const signal of ['SIGINT', 'SIGKILL'] as const)
    it(`ends its processes and their servers at ${signal}`, async () => {
      const folder = await plant(`runner-${signal}`, {
        'waiting.test.ts': `import { writeFile } from 'node:fs/promises';
          import { testPostgres } from ${JSON.stringify(join(projectRoot, 'test/support/platform.ts'))};
          import { testDirectory } from ${JSON.stringify(join(projectRoot, 'test/support/workspace.ts'))};
          it('waits', async () => {
            await testPostgres();
            await writeFile(new URL('place', import.meta.url), await testDirectory('waiting'));
            await new Promise((resolve) => setTimeout(resolve, 2_000));
          })
          it('is not run', () => writeFile(new URL('went-on', import.meta.url), ''))`,
      });
      const { runner, ended } = start(folder, { TEST_PROCESSES: '1' });
      const place = () => readFile(join(folder, 'place'), 'utf8').catch(() => '');
      const workspace = dirname(await eventually(place, (path) => path !== '', 60_000));
      const postmaster = Number(
        (await readFile(join(workspace, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0],
      );
      assert.notEqual(await findProcess(postmaster), null);

      runner.kill(signal);
      assert.equal((await ended)[0], signal === 'SIGINT' ? 'exit code 130' : 'signal SIGKILL');
      await eventually(
        async () => existsSync(workspace),
        (is) => !is,
        30_000,
      );
      assert.equal(await findProcess(postmaster), null);
      assert.equal(existsSync(join(folder, 'went-on')), false);
    });
});

describe('the order of test files', () => {
  it('is heavy ones first, unknown ones between, and chaos apart', () => {
    const seconds = { 'api/heavy.test.ts': 60, 'db/light.test.ts': 0.1, 'chaos/kill.test.ts': 90 };
    const names = ['api/new.test.ts', 'chaos/kill.test.ts', 'db/light.test.ts', 'api/heavy.test.ts'];
    assert.deepEqual(planRun(names, seconds), {
      shared: ['api/heavy.test.ts', 'api/new.test.ts', 'db/light.test.ts'],
      last: ['chaos/kill.test.ts'],
    });
  });
});

describe('the capability of a test file', () => {
  for (const [name, row, hasBudget] of [
    ['workflows/billing/renew-plan.test.ts', 'billing', true],
    ['api/admin/tenants/tenant-list.test.ts', 'tenants', true],
    ['db/repos/people/users.test.ts', 'people', true],
    ['e2e/admin.test.ts', 'e2e', false],
    ['activities/mcp/kit/redact.test.ts', 'mcp', false],
    ['activities/adapters/smtp-mailer.test.ts', '(activities)', false],
    ['api/bad-input.test.ts', '(api)', false],
    ['conventions.test.ts', '(all)', false],
  ] as const)
    it(`${name}: ${row}`, () => assert.deepEqual(rowOf(name), { name: row, hasBudget }));
});
