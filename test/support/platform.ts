import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { ensureNamespace } from '../../workers/runtime/namespace.ts';
import { findProcess } from '../../workers/dev/kit/processes.ts';
import { reclaim } from '../../workers/dev/kit/pid-file.ts';
import type { PortRange, Ports } from '../../workers/dev/kit/ports.ts';
import { openPorts, usualPorts } from '../../workers/dev/kit/ports.ts';
import type { Say } from '../../workers/dev/kit/say.ts';
import { startMailbox } from '../../workers/dev/mailbox/start.tsx';
import { startPaymentSandbox } from '../../workers/dev/payment-sandbox/start.tsx';
import { postgresCluster, reclaimCluster } from '../../workers/dev/postgres/cluster.ts';
import { createDatabase } from '../../workers/dev/postgres/databases.ts';
import { chooseTestedTemporal } from '../../workers/dev/temporal/server.ts';
import { reclaimWordPress } from '../../workers/dev/wordpress/start.ts';

/** A real PostgreSQL without syncs to disk; `ownerUrl` is the superuser's connection string. */
export type TestPostgres = Readonly<{
  ownerUrl: (database: string) => string;
  /** From a template (no session may be open on it) in about 50 ms. Existing databases are left as they are. */
  createDatabase: (name: string, template?: string) => Promise<string>;
}>;

/** Folders of test processes below the system's temporary one; the pid follows. */
const prefix = 'bizosaas-test-';
const say: Say = (line) => process.stderr.write(`${line}\n`);
const stops: (() => Promise<void>)[] = [];
let workspace: Promise<{ directory: string; ports: Ports }> | undefined;
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
  const connection = await Connection.connect({ address });
  try {
    await ensureNamespace(connection, namespace, 20_000);
  } finally {
    await connection.close();
  }
  return { address, namespace };
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

/** A folder of its own that goes away with the process. */
export async function testDirectory(purpose: string): Promise<string> {
  return (await place(purpose)).directory;
}

/** Stops everything this process started for its tests and removes its files; called once, at its end. */
export async function stopTestServices(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
  if (workspace) await rm((await workspace).directory, { recursive: true, force: true });
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
  const { stop } = await service.start();
  stops.push(stop);
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
  if (running) stops.push(running.stop);
  return { address: server.address, namespace };
}

async function place(purpose: string): Promise<{ directory: string; ports: Ports; name: string }> {
  const { directory, ports } = await openWorkspace();
  const name = `${purpose}-${(counter += 1)}`;
  await mkdir(join(directory, name), { recursive: true });
  return { directory: join(directory, name), ports, name };
}

/** Registers a service for the end of the process; its own `stop` may come earlier. */
export function stoppedAtTheEnd<T extends { stop: () => Promise<void> }>(service: T): T {
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= service.stop());
  stops.push(stop);
  return { ...service, stop };
}

function openWorkspace(): Promise<{ directory: string; ports: Ports }> {
  return (workspace ??= (async () => {
    await sweepDeadRuns();
    const directory = join(tmpdir(), `${prefix}${process.pid}`);
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    return { directory, ports: await openPorts(directory, portRange()) };
  })());
}

/** Processes that run side by side choose from shares of their own (TEST_PORTS, "from-to"), so never the same port. */
function portRange(): PortRange {
  const [from, to] = (process.env['TEST_PORTS'] ?? '').split('-').map(Number);
  return from && to ? { from, to } : usualPorts;
}

/** A test process that was killed leaves its servers and files; a later one, or the runner, clears them away. */
export async function sweepDeadRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length) : Number.NaN);
    if (!Number.isInteger(pid) || pid === process.pid || (await findProcess(pid))) continue;
    const directory = join(tmpdir(), name);
    await reclaimCluster(join(directory, 'postgres'));
    await reclaim(join(directory, 'temporal', 'server.pid'));
    for (const part of await sitesIn(directory)) await reclaimWordPress(join(directory, part));
    await rm(directory, { recursive: true, force: true });
  }
}

/** The folders of WordPress sites; none when another run has cleared the directory away meanwhile. */
async function sitesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => name.startsWith('wordpress-'));
}
