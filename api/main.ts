import { storedOauthClients } from '../activities/adapters/oauth-clients.ts';
import { sealedSecrets } from '../activities/adapters/sealed-secrets.ts';
import { createSealer } from '../activities/adapters/sealer.ts';
import { tokenizeSandboxCard } from '../activities/adapters/sandbox-cards.ts';
import { stagedSecrets } from '../activities/adapters/staged-secrets.ts';
import { invoicePdf } from '../activities/billing/invoice-pdf.ts';
import { broughtSecret, deliveryCheck } from '../activities/mcp/gateway/verify-delivery.ts';
import { embeddedAuth } from '../db/auth/embedded.ts';
import { connectDb } from '../db/connect.ts';
import { ConfigError, loadConfig } from '../workers/runtime/config.ts';
import { deriveKey } from '../workers/runtime/keys.ts';
import { createLog } from '../workers/runtime/log.ts';
import { exitWithParent, onShutdown } from '../workers/runtime/shutdown.ts';
import { connectClient } from '../workers/runtime/temporal.ts';
import { createApp } from './app.ts';
import { createLimits } from './kit/limits.ts';
import { createProcesses } from './kit/processes.ts';

/** An API process: portal and JSON API on one port. Keeps no state, so several may run. */
const config = loadConfig();
const log = createLog('api', config.logLevel);
const db = connectDb(config.databaseUrls);
const client = await connectClient(config);
if (!config.paymentSandboxUrl)
  throw new ConfigError('PAYMENT_SANDBOX_URL is required by the API and not set.');
const oauthClients = storedOauthClients(db, createSealer(config.masterKey));
const ofServices = {
  db,
  oauthClients,
  secrets: sealedSecrets(db, config.masterKey),
  clock: { now: () => new Date() },
};

const app = createApp({
  db,
  log,
  auth: embeddedAuth(db, {
    secret: deriveKey(config.masterKey, 'sessions').toString('base64url'),
    publicUrl: config.publicUrl,
  }),
  processes: createProcesses(client),
  limits: createLimits(db.authPool),
  tokenizeCard: tokenizeSandboxCard(config.paymentSandboxUrl),
  ...stagedSecrets(db, config.masterKey),
  saveOauthClient: (by, server, registered) => oauthClients.save(by, server, registered),
  checkDelivery: deliveryCheck(ofServices),
  revealHandshakeSecret: broughtSecret(ofServices),
  invoicePdf,
  csrfSecret: deriveKey(config.masterKey, 'csrf').toString('base64url'),
  publicUrl: config.publicUrl,
  environment: config.env === 'production' ? '' : config.env,
  mailboxUrl: config.mailboxUrl,
});

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
          // Event streams stay open for ever; they are ended after the requests under way had their moment.
          setTimeout(() => server.closeAllConnections(), 2_000).unref();
        }),
    },
    { name: 'temporal', run: () => client.connection.close() },
    { name: 'database', run: () => db.close() },
  ],
  { forceMs: 10_000 },
);
exitWithParent(stop);
