import { join } from 'node:path';
import { supervise } from '../kit/supervise.ts';
import type { Mailbox } from '../mailbox/start.tsx';
import { startMailbox } from '../mailbox/start.tsx';
import type { PaymentSandbox } from '../payment-sandbox/start.tsx';
import { startPaymentSandbox } from '../payment-sandbox/start.tsx';
import { postgresCluster, reclaimCluster } from '../postgres/cluster.ts';
import { checkDatabase, createDatabase } from '../postgres/databases.ts';
import { prepareExisting } from '../temporal/ready.ts';
import { chooseTemporal } from '../temporal/server.ts';
import type { Launch } from './context.ts';
import { freshLog, timed } from './context.ts';

/** A server that may be ours: its address, and its process id now (null = not ours, or between two lives). */
export type Server = Readonly<{ address: string; pid: () => number | null }>;

const notOurs = () => null;

/** PostgreSQL: DATABASE_URL, or a cluster of our own with the database `bizosaas`. The address is the owner's URL. */
export function startPostgres({ config, secrets, ports, life, say, onChange }: Launch): Promise<Server> {
  return timed(say, 'PostgreSQL', async () => {
    if (config.databaseUrl) {
      await checkDatabase(config.databaseUrl);
      return [
        { address: config.databaseUrl, pid: notOurs },
        `uses DATABASE_URL, ${hostOf(config.databaseUrl)}`,
      ];
    }
    const directory = join(config.dataDir, 'postgres');
    await reclaimCluster(directory);
    const [port] = await ports.take('postgres');
    const { service, ownerUrl } = postgresCluster({
      directory,
      port: Number(port),
      password: secrets.postgresPassword,
      logFile: await freshLog(config.dataDir, 'postgres'),
      durable: true,
    });
    const supervised = await supervise(service, { say, onChange });
    life.onStop('PostgreSQL', supervised.stop);
    await createDatabase(ownerUrl('postgres'), 'bizosaas');
    return [{ address: ownerUrl('bizosaas'), pid: supervised.pid }, `ready on 127.0.0.1:${port}`];
  });
}

/** Temporal with the namespace and its search attributes. */
export function startTemporal({ config, ports, life, say, onChange }: Launch): Promise<Server> {
  return timed(say, 'Temporal', async () => {
    const namespace = config.temporalNamespace;
    const server = await chooseTemporal({
      directory: join(config.dataDir, 'temporal'),
      logFile: await freshLog(config.dataDir, 'temporal'),
      ports,
      address: config.temporalAddress,
      cliPath: config.temporalCliPath,
      namespace,
      say,
      signal: life.signal,
    });
    if (!server.service) {
      const state = await prepareExisting(server.address, namespace);
      if (state.searchAttributes !== 'ready') {
        say(
          `Temporal at ${server.address} does not let us add search attributes: make them in its own console.`,
        );
      }
      return [{ address: server.address, pid: notOurs }, `uses TEMPORAL_ADDRESS, ${server.address}`];
    }
    const supervised = await supervise(server.service, { say, onChange });
    life.onStop('Temporal', supervised.stop);
    return [{ address: server.address, pid: supervised.pid }, `ready on ${server.address}, ${server.kind}`];
  });
}

export async function startLocalMailbox({ config, ports, life, say }: Launch): Promise<Mailbox> {
  return timed(say, 'Mailbox', async () => {
    const [smtpPort, httpPort] = await ports.take('smtp', 'mailbox');
    const directory = join(config.dataDir, 'mailbox');
    const mailbox = await startMailbox({
      directory,
      smtpPort: Number(smtpPort),
      httpPort: Number(httpPort),
      say,
    });
    life.onStop('mailbox', mailbox.stop);
    return [mailbox, `ready on ${mailbox.url}`];
  });
}

export async function startLocalPaymentSandbox({
  config,
  ports,
  life,
  say,
}: Launch): Promise<PaymentSandbox> {
  return timed(say, 'Payment sandbox', async () => {
    const [port] = await ports.take('payment-sandbox');
    const directory = join(config.dataDir, 'payment-sandbox');
    const sandbox = await startPaymentSandbox({ directory, port: Number(port), say });
    life.onStop('payment sandbox', sandbox.stop);
    return [sandbox, `ready on ${sandbox.url}`];
  });
}

function hostOf(url: string): string {
  return new URL(url).host;
}
