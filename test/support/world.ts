import { randomBytes } from 'node:crypto';
import { mkdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type WorkflowBundle } from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import type { Deps } from '../../activities/deps.ts';
import { queues } from '../../workflows/shared/queues.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import { keptBundle } from '../../workers/bundle.ts';
import { createDeps } from '../../workers/deps.ts';
import { type Config, loadConfig } from '../../workers/runtime/config.ts';
import { createLog } from '../../workers/runtime/log.ts';
import { syncRegistry } from '../../workers/sync-registry.ts';
import { dataConverter } from '../../workers/runtime/temporal.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { testMailbox, testPaymentSandbox } from './platform.ts';
import { testDirectory } from './workspace.ts';

// What the product refuses on purpose is no news in a test run.
Runtime.install({ logger: new DefaultLogger('ERROR') });

export interface ReceivedMail {
  id: string;
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  deliveries: number;
}

/** Everything around a worker or an API, real: database with the registry of this release, mailbox, payment sandbox. */
export interface World {
  config: Config;
  database: TestDatabase;
  deps: Deps;
  sandboxUrl: string;
  mails(to: string): Promise<ReceivedMail[]>;
  charges(tenantId: string): Promise<{ id: string; amountMinor: number; refundedMinor: number }[]>;
  close(): Promise<void>;
}

const get = async <T>(url: string) => (await (await fetch(url)).json()) as T;

/** What an address has received, newest first, in the local mailbox at `url`. */
export async function mailsIn(url: string, to: string): Promise<ReceivedMail[]> {
  return (await get<{ items: ReceivedMail[] }>(`${url}/api/mails?to=${encodeURIComponent(to)}`)).items;
}

export async function openWorld(
  temporal = { address: '127.0.0.1:7233', namespace: 'default' },
  masterKey = randomBytes(32),
): Promise<World> {
  const [database, mailbox, sandbox, directory] = await Promise.all([
    testDatabase({ filling: syncRegistry }),
    testMailbox(),
    testPaymentSandbox(),
    testDirectory('world'),
  ]);
  // A worker in a process of its own keeps its bundle there, and finds it.
  await mkdir(bundles, { recursive: true });
  await symlink(bundles, join(directory, 'cache'));
  const { owner, app, platform, partner, queryRo } = database.urls;
  const config = loadConfig({
    BIZOSAAS_ENV: 'test',
    DATA_DIR: directory,
    DATABASE_URL: owner,
    DATABASE_APP_URL: app,
    DATABASE_PLATFORM_URL: platform,
    DATABASE_PARTNER_URL: partner,
    DATABASE_QUERY_URL: queryRo,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    BIZOSAAS_MASTER_KEY: masterKey.toString('base64'),
    SMTP_URL: mailbox.smtpUrl,
    MAILBOX_URL: mailbox.url,
    PAYMENT_SANDBOX_URL: sandbox.url,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
  });
  const deps = createDeps(config, database.db, createLog('test', config.logLevel));
  return {
    config,
    database,
    deps,
    sandboxUrl: sandbox.url,
    mails: (to) => mailsIn(mailbox.url, to),
    async charges(tenantId) {
      const { items } = await get<{ items: { id: string; amountMinor: number; refundedMinor: number }[] }>(
        `${sandbox.url}/v1/charges?customerRef=${tenantId}`,
      );
      return items;
    },
    async close() {
      deps.mailer.close();
      await deps.gateway.close();
      await database.close();
      await Promise.all([mailbox.stop(), sandbox.stop()]);
    },
  };
}

/** Where this machine keeps bundles of the workflows, each made once for all test processes. */
const bundles = join(tmpdir(), 'bizosaas-workflows');
let bundle: Promise<WorkflowBundle> | undefined;

/** The product's worker, in this process, until `stop`; with other workflows where a test brings some. */
export async function runWorker(
  world: World,
  target: { address: string; namespace: string; nativeConnection?: NativeConnection },
  workflowBundle?: WorkflowBundle,
): Promise<{ stop(): Promise<void> }> {
  const own = target.nativeConnection ? null : await NativeConnection.connect({ address: target.address });
  const connection = target.nativeConnection ?? own ?? undefined;
  const workers = await createWorkers(queues, {
    ...(connection && { connection }),
    namespace: target.namespace,
    workflowBundle: workflowBundle ?? (await (bundle ??= keptBundle(bundles))),
    activities: createActivities(world.deps),
    dataConverter: dataConverter(world.config.masterKey),
    // Only for what hangs: a worker that is cut short fails its test with what it then finds undisposed.
    shutdownForceTime: '30 seconds',
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    async stop() {
      for (const worker of workers) worker.shutdown();
      await running;
      await own?.close();
    },
  };
}

export function clientFor(world: World, connection: Connection, namespace: string): Client {
  return new Client({ connection, namespace, dataConverter: dataConverter(world.config.masterKey) });
}

/** Asks until the answer is there; fails with the last one when it does not come. */
export async function eventually<T>(
  ask: () => Promise<T>,
  holds: (value: T) => boolean,
  withinMs = 15_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (Date.now() > until) throw new Error(`never came true: ${JSON.stringify(value)?.slice(0, 800)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
