import { join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import { connectDb } from '../db/connect.ts';
import { keptBundle } from './bundle.ts';
import { createWorkers } from './create-workers.ts';
import { createDeps } from './deps.ts';
import { serveHealth } from './health.ts';
import { followRuns } from './projection/follow.ts';
import { loadConfig } from './runtime/config.ts';
import { createLog } from './runtime/log.ts';
import { exitWithParent, onShutdown } from './runtime/shutdown.ts';
import { connectClient } from './runtime/temporal.ts';
import { connectWorker } from './runtime/temporal-worker.ts';
import { syncRegistry } from './sync-registry.ts';
import { startRenewals } from './start-renewals.ts';
import {
  startMonitoring,
  startPurging,
  startReminding,
  startSealing,
  startTemplateStarts,
} from './start-singletons.ts';

/** A worker process: the queues it serves, the projection, and its health. State lives in Temporal and PostgreSQL only. */
const config = loadConfig();
const log = createLog('worker', config.logLevel);
Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) => log.warn({ level, ...meta }, message)),
  shutdownSignals: [],
});

const db = connectDb(config.databaseUrls);
const [workflowBundle, temporal, client] = await Promise.all([
  keptBundle(join(config.dataDir, 'cache')),
  connectWorker(config),
  connectClient(config),
  syncRegistry(db),
]);
const deps = createDeps(config, db, log);
const activities = createActivities(deps);
const workers = await createWorkers(config.workerQueues, {
  ...temporal,
  workflowBundle,
  activities,
  maxCachedWorkflows: 300,
  maxConcurrentActivityTaskExecutions: 50,
  shutdownGraceTime: '20 seconds',
  shutdownForceTime: '30 seconds',
});
await Promise.all([
  startMonitoring(client),
  startPurging(client),
  startReminding(client),
  startSealing(client),
  startRenewals(client, db),
  startTemplateStarts(client),
]);
const projection = followRuns(client, db, log);
const health = config.workerHealthPort > 0 ? serveHealth(config.workerHealthPort, workers) : null;
const running = Promise.all(workers.map((worker) => worker.run()));

const stop = onShutdown(
  log,
  [
    { name: 'projection', run: () => projection.stop() },
    {
      name: 'workers',
      run: async () => {
        for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
        await running;
      },
    },
    { name: 'mail', run: () => deps.mailer.close() },
    { name: 'tools', run: () => deps.gateway.close() },
    { name: 'health', run: () => void health?.close() },
    {
      name: 'temporal',
      run: () => Promise.all([temporal.connection.close(), client.connection.close()]).then(() => undefined),
    },
    { name: 'database', run: () => db.close() },
  ],
  { forceMs: 40_000 },
);
exitWithParent(stop);
running.catch((error: unknown) => {
  log.fatal({ err: error }, 'the worker ended');
  process.exit(1);
});
log.info({ queues: config.workerQueues }, 'worker ready');
