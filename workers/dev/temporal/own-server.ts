import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Running } from '../kit/child.ts';
import { startChild } from '../kit/child.ts';
import { modifiedAt } from '../kit/files.ts';
import { reclaim } from '../kit/pid-file.ts';
import { waitForTemporal } from './ready.ts';
import type { OwnServerOptions, TemporalServer } from './types.ts';

/** What differs between the two servers we can run ourselves. */
export type Recipe = Readonly<{
  kind: 'cli' | 'official';
  portNames: readonly string[];
  /** Called before each start; answers the command line. */
  command: (ports: number[]) => Promise<{ command: string; args: string[]; env: NodeJS.ProcessEnv }>;
}>;

const names = { cli: 'temporal CLI', official: 'official server' } as const;

/** The database file of a kind: the servers keep apart files, as neither migrates the other's schema. */
export function databaseFile(directory: string, kind: Recipe['kind']): string {
  return join(directory, `${kind}.db`);
}

/** Which kind served this directory last, and so keeps its runs; null = none ever did. */
export async function lastKind(directory: string): Promise<Recipe['kind'] | null> {
  const [cli, official] = await Promise.all([
    modifiedAt(completeMark(databaseFile(directory, 'cli'))),
    modifiedAt(completeMark(databaseFile(directory, 'official'))),
  ]);
  if (cli === null && official === null) return null;
  return (cli ?? 0) > (official ?? 0) ? 'cli' : 'official';
}

/** One Temporal process on loopback ports that stay the same over restarts; the first port is its address. */
export async function ownServer(options: OwnServerOptions, recipe: Recipe): Promise<TemporalServer> {
  const { directory, logFile, namespace } = options;
  const database = databaseFile(directory, recipe.kind);
  const pidFile = join(directory, 'server.pid');
  await mkdir(directory, { recursive: true });
  await reclaim(pidFile);
  const ports = await options.ports.take(...recipe.portNames);
  const address = `127.0.0.1:${ports[0]}`;
  const start = async (): Promise<Running> => {
    await removeHalfMade(database);
    const command = await recipe.command(ports);
    const running = await startChild({ ...command, logFile, pidFile, cwd: directory });
    try {
      await waitForTemporal(address, namespace, running.exited, 60_000);
      await writeFile(completeMark(database), '');
    } catch (error) {
      await running.stop();
      throw error;
    }
    return running;
  };
  return { kind: names[recipe.kind], address, service: { name: 'Temporal', logFile, start } };
}

/**
 * Servers make their tables one by one and take what exists for success: killed in the middle of its first start,
 * it would never get the rest. A file that never reached readiness holds nothing yet and is made anew.
 */
async function removeHalfMade(database: string): Promise<void> {
  if ((await modifiedAt(completeMark(database))) !== null) return;
  for (const suffix of ['', '-wal', '-shm']) await rm(`${database}${suffix}`, { force: true });
}

/** Written anew at each readiness: its age tells when the server last ran. */
function completeMark(database: string): string {
  return `${database}.complete`;
}
