import { join } from 'node:path';
import { openConnection } from '../../workers/runtime/connection.ts';
import { ensureNamespace } from '../../workers/runtime/namespace.ts';
import type { Say } from '../../workers/dev/kit/say.ts';
import { startMailbox } from '../../workers/dev/mailbox/start.tsx';
import { startPaymentSandbox } from '../../workers/dev/payment-sandbox/start.tsx';
import { postgresCluster } from '../../workers/dev/postgres/cluster.ts';
import { createDatabase } from '../../workers/dev/postgres/databases.ts';
import { chooseTestedTemporal } from '../../workers/dev/temporal/server.ts';
import { openPorts } from '../../workers/dev/kit/ports.ts';
import { openWorkspace, place, portRange, stoppedAtTheEnd } from './workspace.ts';

/** A real PostgreSQL without syncs to disk; `ownerUrl` is the superuser's connection string. */
export type TestPostgres = Readonly<{
  ownerUrl: (database: string) => string;
  /** From a template (no session may be open on it) in about 50 ms. Existing databases are left as they are. */
  createDatabase: (name: string, template?: string) => Promise<string>;
}>;

const say: Say = (line) => process.stderr.write(`${line}\n`);
let postgres: Promise<TestPostgres> | undefined;
let temporal: Promise<{ address: string; namespace: string }> | undefined;
let counter = 0;

/** The one PostgreSQL of this process; started by the first caller, stopped at the end. */
export function testPostgres(): Promise<TestPostgres> {
  return (postgres ??= launchPostgres());
}

/** The one Temporal server of this process, with the namespace and search attributes of the product. */
export function testTemporal(): Promise<{ address: string; namespace: string }> {
  return (temporal ??= launchTemporal());
}

/** A namespace of one's own on that server: no test meets runs that others left behind under another key. */
export async function ownTemporal(): Promise<{ address: string; namespace: string }> {
  const { address } = await testTemporal();
  const namespace = `bizosaas-${(counter += 1)}`;
  const connection = await openConnection({ address });
  try {
    await ensureNamespace(connection, namespace, 20_000);
  } finally {
    await connection.close();
  }
  return { address, namespace };
}

/** A Temporal server of one's own, which can be stopped and started again with everything it knew. */
export async function stoppableTemporal(): Promise<{
  address: string;
  namespace: string;
  stop: () => Promise<void>;
  start: () => Promise<void>;
}> {
  const { directory } = await place('stoppable-temporal');
  const namespace = 'bizosaas';
  const { address, service } = await chooseTestedTemporal({
    directory,
    logFile: join(directory, 'temporal.log'),
    ports: await openPorts(directory, portRange()),
    address: undefined,
    cliPath: process.env['TEMPORAL_CLI_PATH'],
    namespace,
    say,
    signal: new AbortController().signal,
  });
  if (!service) throw new Error('this test needs a Temporal server that it can stop');
  let running = await service.start();
  const connection = await openConnection({ address });
  await ensureNamespace(connection, namespace, 20_000);
  await connection.close();
  const stop = async () => running.stop();
  stoppedAtTheEnd({ stop });
  return {
    address,
    namespace,
    stop,
    async start() {
      running = await service.start();
    },
  };
}

/** A fresh, empty mailbox in this process. */
export async function testMailbox(): Promise<{ smtpUrl: string; url: string; stop: () => Promise<void> }> {
  const { directory, ports, name } = await place('mailbox');
  const [smtpPort, httpPort] = await ports.take(`${name}-smtp`, name);
  return stoppedAtTheEnd(
    await startMailbox({ directory, smtpPort: Number(smtpPort), httpPort: Number(httpPort), say }),
  );
}

/** A fresh payment sandbox in this process. */
export async function testPaymentSandbox(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { directory, ports, name } = await place('payment-sandbox');
  const [port] = await ports.take(name);
  return stoppedAtTheEnd(await startPaymentSandbox({ directory, port: Number(port), say }));
}

async function launchPostgres(): Promise<TestPostgres> {
  const { directory, ports } = await openWorkspace();
  const [port] = await ports.take('postgres');
  const { service, ownerUrl } = postgresCluster({
    directory: join(directory, 'postgres'),
    port: Number(port),
    password: 'test',
    logFile: join(directory, 'postgres.log'),
    durable: false,
    maxConnections: 400,
  });
  stoppedAtTheEnd(await service.start());
  return {
    ownerUrl,
    createDatabase: async (name, template) => {
      await createDatabase(ownerUrl('postgres'), name, template);
      return ownerUrl(name);
    },
  };
}

async function launchTemporal(): Promise<{ address: string; namespace: string }> {
  const { directory, ports } = await openWorkspace();
  const namespace = 'bizosaas';
  const server = await chooseTestedTemporal({
    directory: join(directory, 'temporal'),
    logFile: join(directory, 'temporal.log'),
    ports,
    address: undefined,
    cliPath: process.env['TEMPORAL_CLI_PATH'],
    namespace,
    say,
    signal: new AbortController().signal,
  });
  const running = await server.service?.start();
  if (running) stoppedAtTheEnd(running);
  return { address: server.address, namespace };
}
