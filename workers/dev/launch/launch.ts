import type { LauncherConfig } from '../../runtime/config.ts';
import { openPorts } from '../kit/ports.ts';
import type { Say } from '../kit/say.ts';
import { explain } from '../kit/say.ts';
import type { Supervised } from '../kit/supervise.ts';
import { localOrigin, runScript, startApp, waitUntilReady } from './apps.ts';
import { banner } from './banner.ts';
import { claim } from './claim.ts';
import type { Launch } from './context.ts';
import { timed } from './context.ts';
import { plantDemo, startDemoVendors } from './demo.ts';
import type { Addresses } from './environment.ts';
import { platformSettings, writeSettings } from './environment.ts';
import type { Lifetime } from './lifetime.ts';
import { together } from './lifetime.ts';
import type { RuntimeInfo, SignIn } from './runtime-file.ts';
import { readSignIns, runtimeFile } from './runtime-file.ts';
import { openSecrets } from './secrets.ts';
import type { Server } from './services.ts';
import { startLocalMailbox, startLocalPaymentSandbox, startPostgres, startTemporal } from './services.ts';

/** Starts everything, writes runtime.json and prints the addresses. Throws what went wrong; the caller stops the rest. */
export async function launch(config: LauncherConfig, life: Lifetime, say: Say): Promise<void> {
  const startedAt = performance.now();
  await claim(config, life, say);
  const file = runtimeFile(config.dataDir);
  life.onStop('addresses', file.remove);
  // Before the platform is ready there is no file to keep true.
  let publish = () => {};
  const [secrets, ports] = [await openSecrets(config.dataDir), await openPorts(config.dataDir)];
  const context: Launch = { config, secrets, ports, life, say, onChange: () => publish() };

  const platform = await startServices(context);
  const settings = platformSettings(config, platform.addresses);
  await writeSettings(config.dataDir, settings);
  const env = { ...process.env, ...settings };
  await runScript(context, 'Migrations', 'db/migrate.ts', env);
  // The worker bundles its workflows for seconds; the seed need not wait for that.
  const seeding = runScript(context, 'Seed', 'db/seed.ts', env);
  const starting = startApps(context, env);
  await together(life, [seeding, starting]);
  const apps = await starting;
  // Waits until the demo's own business exists, so that every printed sign-in works; the rest follows meanwhile.
  await plantDemo(context, env);

  const signIns = await readSignIns(config.dataDir);
  const latest: LatestPids = {};
  const current = () => describe(config, platform, apps, signIns, latest);
  publish = () => {
    if (life.signal.aborted) return;
    file
      .write(current())
      .catch((error: unknown) => say(`runtime.json could not be written: ${explain(error)}`));
  };
  await file.write(current());
  say(banner(current(), config.dataDir, performance.now() - startedAt));
}

type Platform = Readonly<{ addresses: Addresses; postgres: Server; temporal: Server }>;

async function startServices(context: Launch): Promise<Platform> {
  const { life, config, secrets } = context;
  const starting = [
    startPostgres(context),
    startTemporal(context),
    startLocalMailbox(context),
    startLocalPaymentSandbox(context),
    startDemoVendors(context),
  ] as const;
  await together(life, starting);
  const [postgres, temporal, mailbox, sandbox, vendors] = await Promise.all(starting);
  const addresses = {
    databaseUrl: postgres.address,
    temporalAddress: temporal.address,
    smtpUrl: mailbox.smtpUrl,
    mailboxUrl: mailbox.url,
    paymentSandboxUrl: sandbox.url,
    vendors,
    masterKey: config.masterKey?.toString('base64') ?? secrets.masterKey,
  };
  return { addresses, postgres, temporal };
}

type Apps = Readonly<{ worker: Supervised; api: Supervised }>;

async function startApps(context: Launch, env: NodeJS.ProcessEnv): Promise<Apps> {
  return timed(context.say, 'Worker and API', async () => {
    const [healthPort] = await context.ports.take('worker-health');
    const workerEnv = { ...env, WORKER_HEALTH_PORT: String(healthPort) };
    const worker = await startApp(context, 'worker', 'workers/main.ts', workerEnv);
    const api = await startApp(context, 'API', 'api/main.ts', env);
    await waitUntilReady(context);
    return [{ worker, api }, `ready on ${localOrigin(context.config.host, context.config.port)}`];
  });
}

/** The last pid known of each process: between a crash and the next start the file keeps naming the old one. */
type LatestPids = Partial<Record<'api' | 'worker' | 'temporal' | 'postgres', number>>;

function describe(
  config: LauncherConfig,
  { addresses, postgres, temporal }: Platform,
  apps: Apps,
  signIns: readonly SignIn[],
  latest: LatestPids,
): RuntimeInfo {
  const portal = localOrigin(config.host, config.port);
  for (const [name, { pid }] of Object.entries({ ...apps, postgres, temporal })) {
    const now = pid();
    if (now !== null) latest[name as keyof LatestPids] = now;
  }
  const { api = null, worker = null, temporal: temporalPid = null, postgres: postgresPid = null } = latest;
  return {
    urls: {
      portal,
      api: portal,
      mailbox: addresses.mailboxUrl,
      temporal: temporal.address,
      paymentSandbox: addresses.paymentSandboxUrl,
    },
    pids: { launcher: process.pid, api, worker, temporal: temporalPid, postgres: postgresPid },
    signIns,
  };
}
