import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Processes } from '../../api/kit/processes/client.ts';
import { projectRoot } from './source-files.ts';
import { eventually, type World } from './world.ts';

/** A worker in a process of its own, so that it can be killed. */
export function spawnWorker({ config }: World): ChildProcess {
  const { databaseUrls: urls, temporal, tools } = config;
  return spawn(process.execPath, ['--import=tsx', 'workers/main.ts'], {
    cwd: projectRoot,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      BIZOSAAS_ENV: 'test',
      DATA_DIR: config.dataDir,
      DATABASE_URL: urls.owner,
      DATABASE_APP_URL: urls.app,
      DATABASE_PLATFORM_URL: urls.platform,
      DATABASE_PARTNER_URL: urls.partner,
      DATABASE_QUERY_URL: urls.queryRo,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      BIZOSAAS_MASTER_KEY: config.masterKey.toString('base64'),
      SMTP_URL: config.smtpUrl,
      PAYMENT_SANDBOX_URL: config.paymentSandboxUrl,
      TOOL_BASE_URLS: JSON.stringify(tools.baseUrls),
      LOG_LEVEL: 'error',
    },
  });
}

/** Settled when a worker takes tasks. Its start takes seconds alone, and a minute where many compile at once. */
export async function workerIsThere(processes: Processes): Promise<void> {
  await eventually(() => processes.isPolled('core'), Boolean, 150_000);
}

export async function kill(worker: ChildProcess): Promise<void> {
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}
