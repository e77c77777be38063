import { execFile } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { machineCache } from '../../workers/dev/kit/cache.ts';
import { findProgram, isExecutable } from '../../workers/dev/kit/find-program.ts';
import { takeLock } from '../../workers/dev/kit/lock.ts';
import { explain, PlainError, type Say } from '../../workers/dev/kit/say.ts';

const run = promisify(execFile);

/** The first version that knows the revision of 2026-07-28. */
const version = '0.2.0-alpha.12';
/** The suite wants Node 22 or newer, the project runs on 20: an own one, as a package without scripts. */
const nodeVersion = '24.21.0';
const nodePackage = `node-${process.platform}-${process.arch}`;
const ownNodeWillDo = Number(process.versions.node.split('.')[0]) >= 22;

const home = machineCache(`mcp-conformance-${version}`);
const modules = join(home, 'node_modules');

/** MCP's conformance suite: the Node that runs it and its command line. */
export interface ConformanceSuite {
  node: string;
  cli: string;
}

const suite: ConformanceSuite = {
  node: ownNodeWillDo ? process.execPath : join(modules, nodePackage, 'bin', 'node'),
  cli: join(modules, '@modelcontextprotocol', 'conformance', 'dist', 'index.js'),
};

/** The suite of this machine, fetched by npm once per machine. Throws PlainError where it cannot be had. */
export async function conformanceSuite(say: Say = () => undefined): Promise<ConformanceSuite> {
  for (;;) {
    if (await isThere()) return suite;
    const lock = await takeLock(`${home}.lock`);
    if ('release' in lock) {
      try {
        return (await isThere()) ? suite : await obtain(say);
      } finally {
        await lock.release();
      }
    }
    await sleep(500);
  }
}

/** The folder gets its name when it is whole. */
const isThere = () => isExecutable(join(modules, '.bin', 'conformance'));

async function obtain(say: Say): Promise<ConformanceSuite> {
  const npm = await findProgram('npm');
  if (npm === null)
    throw new PlainError('The MCP conformance suite is fetched by npm, which is not on the PATH.');
  say(
    `MCP conformance suite ${version}: fetching it from npm (${ownNodeWillDo ? 55 : 240} MB, once per machine) …`,
  );
  const draft = `${home}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  const dependencies = {
    '@modelcontextprotocol/conformance': version,
    ...(!ownNodeWillDo && { [nodePackage]: nodeVersion }),
  };
  await writeFile(join(draft, 'package.json'), JSON.stringify({ private: true, dependencies }));
  try {
    await run(npm, ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: draft,
      timeout: 600_000,
    });
  } catch (error) {
    throw new PlainError(`npm could not fetch the MCP conformance suite: ${explain(error)}`);
  }
  await rm(home, { recursive: true, force: true });
  await rename(draft, home);
  return suite;
}
