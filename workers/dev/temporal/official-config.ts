import { join } from 'node:path';
import { writeFileAtomic } from '../kit/files.ts';
import { dynamicSettings } from './settings.ts';

const services = ['frontend', 'matching', 'history', 'worker'] as const;

/** The names of the loopback ports the official server needs, in the order `writeOfficialConfig` expects them. */
export const officialPortNames = [
  'temporal',
  'temporal-http',
  ...services.flatMap((service) => (service === 'frontend' ? [] : [`temporal-${service}`])),
  ...services.map((service) => `temporal-${service}-membership`),
];

/** Writes the server's configuration (JSON, which is YAML too) and its dynamic settings; answers the file to start with. */
export async function writeOfficialConfig(
  directory: string,
  database: string,
  ports: number[],
): Promise<string> {
  const port = Object.fromEntries(officialPortNames.map((name, index) => [name, ports[index]]));
  const dynamicFile = join(directory, 'dynamic-config.json');
  const configFile = join(directory, 'server.json');
  const dynamic = Object.entries(dynamicSettings).map(([key, value]) => [key, [{ value }]]);
  await writeFileAtomic(dynamicFile, JSON.stringify(Object.fromEntries(dynamic), null, 2));
  await writeFileAtomic(configFile, JSON.stringify(config(database, dynamicFile, port), null, 2));
  return configFile;
}

function config(database: string, dynamicFile: string, port: Record<string, number | undefined>) {
  const frontend = `127.0.0.1:${port['temporal']}`;
  const rpc = (service: (typeof services)[number]) => ({
    rpc: {
      grpcPort: port[service === 'frontend' ? 'temporal' : `temporal-${service}`],
      membershipPort: port[`temporal-${service}-membership`],
      bindOnLocalHost: true,
      ...(service === 'frontend' ? { httpPort: port['temporal-http'] } : {}),
    },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: 1,
      datastores: { main: store(database), visibility: store(database) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(services.map((service) => [service, rpc(service)])),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: frontend },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicFile, pollInterval: '60s' },
  };
}

/** The name goes into a `file:` address, where "?", "#" and "%" would start something else. Both stores share one file. */
function store(database: string) {
  const name = database.replace(/[%?#]/g, encodeURIComponent);
  return {
    sql: {
      pluginName: 'sqlite',
      databaseName: name,
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      connectAttributes: {
        mode: 'rwc',
        cache: 'private',
        setup: 'true',
        journal_mode: 'wal',
        synchronous: '1',
      },
      maxConns: 1,
      maxIdleConns: 1,
      maxConnLifetime: '1h',
    },
  };
}
