import { execFile } from 'node:child_process';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../kit/child.ts';
import { logSince, logSize, startChild } from '../kit/child.ts';
import { readText } from '../kit/files.ts';
import { endProcess, findProcess } from '../kit/processes.ts';
import type { Service } from '../kit/supervise.ts';
import type { PostgresBinaries } from './binaries.ts';
import { findPostgresBinaries } from './binaries.ts';
import { waitForPostgres } from './databases.ts';
import type { PostgresUser } from './run-as.ts';
import { asPostgresUser, choosePostgresUser } from './run-as.ts';

const run = promisify(execFile);

/** `durable: false` turns off every sync to disk: for tests, whose data may vanish with the machine. */
export type ClusterOptions = Readonly<{
  /** The data directory of the cluster (PGDATA); created when missing. */
  directory: string;
  port: number;
  password: string;
  logFile: string;
  durable: boolean;
  maxConnections?: number;
}>;

/** A PostgreSQL server of our own on 127.0.0.1, and the owner's connection string for a database on it. */
export type PostgresCluster = Readonly<{ service: Service; ownerUrl: (database: string) => string }>;

type Place = Readonly<{ options: ClusterOptions; binaries: PostgresBinaries; user: PostgresUser }>;

/** Describes the cluster; nothing runs before `service.start()`, which may be called again after every crash. */
export function postgresCluster(options: ClusterOptions): PostgresCluster {
  const ownerUrl = (database: string) =>
    `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${encodeURIComponent(database)}`;
  const start = async () => {
    const [binaries, user] = await Promise.all([
      findPostgresBinaries(),
      choosePostgresUser(options.directory),
    ]);
    const place = { options, binaries, user };
    if ((await readText(join(options.directory, 'PG_VERSION'))) === null) await initialise(place);
    await reclaimCluster(options.directory);
    return startServer(place, ownerUrl('postgres'));
  };
  return { ownerUrl, service: { name: 'PostgreSQL', logFile: options.logFile, start } };
}

/** initdb writes beside the final place, so that a start killed in the middle leaves nothing half made behind. */
async function initialise({ options, binaries, user }: Place): Promise<void> {
  const draft = `${options.directory}.new`;
  const passwordFile = `${options.directory}.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  try {
    if (user) for (const path of [draft, passwordFile]) await chown(path, user.uid, user.gid);
    // The built-in C.UTF-8 locale sorts alike on every machine and needs no locale packages.
    const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8'];
    const login = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const sync = options.durable ? [] : ['--no-sync'];
    const initdb = await asPostgresUser(user, [draft], binaries.initdb, [
      `--pgdata=${draft}`,
      ...login,
      ...locale,
      ...sync,
    ]);
    await run(initdb.command, initdb.args, { env: cleanEnv(), cwd: '/' });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, options.directory);
}

/**
 * Deals with what a killed launcher leaves: a server still running on this directory is stopped in order, and a pid
 * file whose number now belongs to another program is removed (PostgreSQL itself would refuse to start over it).
 */
export async function reclaimCluster(directory: string): Promise<void> {
  const pidFile = join(directory, 'postmaster.pid');
  const pid = Number((await readText(pidFile))?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const owner = await findProcess(pid);
  const ours = owner?.command.includes(directory) ?? false;
  if (ours) await endProcess(pid, ['SIGINT', 'SIGQUIT'], 10_000);
  await rm(pidFile, { force: true });
}

/**
 * After a SIGKILL of the server its backends end a moment later; until then the shared memory "is still in use" and a
 * start is refused, so such a start is tried again.
 */
async function startServer(place: Place, url: string): Promise<Running> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const offset = await logSize(place.options.logFile);
    const running = await spawnServer(place);
    try {
      await waitForPostgres(url, running.exited, 60_000);
      return running;
    } catch (error) {
      await running.stop();
      const said = await logSince(place.options.logFile, offset);
      const lingering = said.includes('pre-existing shared memory block');
      if (!lingering || Date.now() > deadline) throw new Error(lastLine(said), { cause: error });
      await sleep(100);
    }
  }
}

async function spawnServer({ options, binaries, user }: Place): Promise<Running> {
  await mkdir(dirname(options.logFile), { recursive: true });
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: options.maxConnections ?? 200,
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = ['-D', options.directory, '-p', String(options.port), ...flags];
  const { command, args } = await asPostgresUser(
    user,
    [join(options.directory, 'x')],
    binaries.postgres,
    server,
  );
  return startChild({
    command,
    args,
    logFile: options.logFile,
    env: cleanEnv(),
    cwd: '/',
    stopSignals: ['SIGINT', 'SIGQUIT'],
  });
}

/** PostgreSQL reads PG* variables and the locale; ours come from flags alone, and its messages must be English. */
function cleanEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) || 'PostgreSQL did not start.';
}
