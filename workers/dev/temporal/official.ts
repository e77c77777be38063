import { rm, writeFile } from 'node:fs/promises';
import { readText } from '../kit/files.ts';
import { officialPortNames, writeOfficialConfig } from './official-config.ts';
import { databaseFile, ownServer } from './own-server.ts';
import type { OwnServerOptions, TemporalServer } from './types.ts';

/** The official server with all its services in one process and a SQLite WAL file. */
export async function officialServer(executable: string, options: OwnServerOptions): Promise<TemporalServer> {
  const database = databaseFile(options.directory, 'official');
  return ownServer(options, {
    kind: 'official',
    portNames: officialPortNames,
    command: async (ports) => {
      await removeHalfMadeDatabase(database);
      const configFile = await writeOfficialConfig(options.directory, database, ports);
      return {
        command: executable,
        args: ['--config-file', configFile, '--allow-no-auth', 'start'],
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
      };
    },
    started: () => writeFile(completeMark(database), ''),
  });
}

/**
 * The server makes its tables one by one and takes "table exists" for success: killed in the middle of its first
 * start, it would never get the rest. A file that never reached readiness holds nothing yet and is made anew.
 */
async function removeHalfMadeDatabase(database: string): Promise<void> {
  if ((await readText(completeMark(database))) !== null) return;
  for (const suffix of ['', '-wal', '-shm']) await rm(`${database}${suffix}`, { force: true });
}

function completeMark(database: string): string {
  return `${database}.complete`;
}
