import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Running } from '../kit/child.ts';
import { startChild } from '../kit/child.ts';
import { reclaim } from '../kit/pid-file.ts';
import { waitForTemporal } from './ready.ts';
import type { OwnServerOptions, TemporalServer } from './types.ts';

/** What differs between the two servers we can run ourselves. */
export type Recipe = Readonly<{
  kind: 'cli' | 'official';
  portNames: readonly string[];
  /** Called before each start; answers the command line. */
  command: (ports: number[]) => Promise<{ command: string; args: string[]; env: NodeJS.ProcessEnv }>;
  /** Called after each start, once the namespace is there. */
  started?: () => Promise<void>;
}>;

/** The database file of a kind: the servers keep apart files, as neither migrates the other's schema. */
export function databaseFile(directory: string, kind: Recipe['kind']): string {
  return join(directory, `${kind}.db`);
}

/** One Temporal process on loopback ports that stay the same over restarts; the first port is its address. */
export async function ownServer(options: OwnServerOptions, recipe: Recipe): Promise<TemporalServer> {
  const { directory, logFile, namespace } = options;
  const pidFile = join(directory, 'server.pid');
  await mkdir(directory, { recursive: true });
  await reclaim(pidFile);
  const ports = await options.ports.take(...recipe.portNames);
  const address = `127.0.0.1:${ports[0]}`;
  const start = async (): Promise<Running> => {
    const command = await recipe.command(ports);
    const running = await startChild({ ...command, logFile, pidFile, cwd: directory });
    try {
      await waitForTemporal(address, namespace, running.exited, 60_000);
      await recipe.started?.();
    } catch (error) {
      await running.stop();
      throw error;
    }
    return running;
  };
  return { kind: recipe.kind, address, service: { name: 'Temporal', logFile, start } };
}
