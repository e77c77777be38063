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
      const configFile = await writeOfficialConfig(options.directory, database, ports);
      return {
        command: executable,
        args: ['--config-file', configFile, '--allow-no-auth', 'start'],
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
      };
    },
  });
}
