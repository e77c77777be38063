import { outageMails } from '../activities/adapters/outage-mails.ts';
import { smtpMailer } from '../activities/adapters/smtp-mailer.ts';
import { connectDb } from '../db/connect.ts';
import { loadConfig } from '../workers/runtime/config.ts';
import { createLog } from '../workers/runtime/log.ts';
import { exitWithParent, onShutdown } from '../workers/runtime/shutdown.ts';
import { connectClient } from '../workers/runtime/temporal.ts';
import { createApp } from './app.ts';
import { composeApi } from './compose.ts';
import { watchQueues } from './kit/watch-queues.ts';

/** An API process: portal and JSON API on one port. Keeps no state, so several may run. */
const config = loadConfig();
const log = createLog('api', config.logLevel);
const db = connectDb(config.databaseUrls);
const client = await connectClient(config);
const deps = composeApi(config, db, client, log);
const app = createApp(deps);
const mailer = config.smtpUrl ? smtpMailer(config.smtpUrl, config.mailFrom) : null;
const tellAdmins = mailer
  ? outageMails({ db, mailer, publicUrl: config.publicUrl })
  : () => Promise.resolve(log.error('a queue has no workers, and SMTP_URL is not set'));
const watch = watchQueues({ db, processes: deps.processes, log, tellAdmins });

const server = app.listen(config.port, config.host, () => log.info({ port: config.port }, 'API ready'));
server.on('error', (error) => {
  log.fatal({ err: error }, 'the API cannot listen');
  process.exit(1);
});
server.headersTimeout = 20_000;
server.requestTimeout = 60_000;

const stop = onShutdown(
  log,
  [
    {
      name: 'http',
      run: () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          // Event streams never end on their own: close them once other requests had two seconds to finish.
          setTimeout(() => server.closeAllConnections(), 2_000).unref();
        }),
    },
    {
      name: 'watch',
      run: () => {
        watch.stop();
        mailer?.close();
      },
    },
    { name: 'temporal', run: () => client.connection.close() },
    { name: 'database', run: () => db.close() },
  ],
  { forceMs: 10_000 },
);
exitWithParent(stop);
