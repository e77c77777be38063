import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../kit/find-program.ts';
import type { Say } from '../kit/say.ts';
import { PlainError, explain } from '../kit/say.ts';
import { findDownloadedCli } from './download.ts';
import { databaseFile, ownServer } from './own-server.ts';
import { dynamicSettings } from './settings.ts';
import type { OwnServerOptions, TemporalServer } from './types.ts';

const run = promisify(execFile);

/** The server inside the CLI: from here on priority, fairness and the operator calls of our run pages exist. */
const oldestServer = { major: 1, minor: 29 };

/** A usable `temporal` program: TEMPORAL_CLI_PATH (which must then be usable), one on PATH, one downloaded, or null. */
export async function findCli(configured: string | undefined, say: Say): Promise<string | null> {
  if (configured) {
    const problem = await problemOf(configured);
    if (problem) throw new PlainError(`TEMPORAL_CLI_PATH: ${configured} ${problem}.`);
    return configured;
  }
  const onPath = await findProgram('temporal');
  if (onPath === null) return findDownloadedCli();
  const problem = await problemOf(onPath);
  if (problem === null) return onPath;
  say(`${onPath} ${problem}; it is left alone.`);
  return findDownloadedCli();
}

async function problemOf(executable: string): Promise<string | null> {
  try {
    const { stdout } = await run(executable, ['--version'], { timeout: 15_000 });
    const [, major, minor] = /Server (\d+)\.(\d+)/.exec(stdout) ?? [];
    if (!major || !minor) return 'does not tell the version of its server';
    const { major: wantedMajor, minor: wantedMinor } = oldestServer;
    const tooOld = Number(major) === wantedMajor ? Number(minor) < wantedMinor : Number(major) < wantedMajor;
    return tooOld ? `brings server ${major}.${minor}, and ${wantedMajor}.${wantedMinor} is needed` : null;
  } catch (error) {
    return `does not run (${explain(error)})`;
  }
}

/** The CLI's development server with a SQLite WAL file. */
export async function cliServer(executable: string, options: OwnServerOptions): Promise<TemporalServer> {
  return ownServer(options, {
    kind: 'cli',
    portNames: ['temporal'],
    command: async ([port]) => ({
      command: executable,
      args: cliArguments(databaseFile(options.directory, 'cli'), Number(port)),
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    }),
  });
}

/** Without the pragmas the file store is three times slower. The namespace is made by us: the CLI's would keep runs one day. */
function cliArguments(database: string, port: number): string[] {
  const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL'].flatMap((pragma) => ['--sqlite-pragma', pragma]);
  const settings = Object.entries(dynamicSettings).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
  const place = ['--ip', '127.0.0.1', '--port', String(port), '--db-filename', database];
  return ['server', 'start-dev', '--headless', '--log-level', 'warn', ...place, ...pragmas, ...settings];
}
