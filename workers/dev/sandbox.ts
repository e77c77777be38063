import { join } from 'node:path';
import { loadLauncherConfig } from '../runtime/config.ts';
import { createLog } from '../runtime/log.ts';
import { onShutdown } from '../runtime/shutdown.ts';
import { startMailbox } from './mailbox/start.tsx';
import { startPaymentSandbox } from './payment-sandbox/start.tsx';

// The mailbox and the payment sandbox without the launcher, for temporal-compose.yml: SMTP 2525, cards 2580, inbox 2581.
const { dataDir, host, logLevel } = loadLauncherConfig();
const log = createLog('sandbox', logLevel);
const say = (line: string) => log.warn(line);
const directory = (name: string) => join(dataDir, name);
const sandbox = await startPaymentSandbox({ directory: directory('payment-sandbox'), host, port: 2580, say });
const mailbox = await startMailbox({
  directory: directory('mailbox'),
  host,
  smtpPort: 2525,
  httpPort: 2581,
  say,
});
const steps = [
  { name: 'mailbox', run: mailbox.stop },
  { name: 'payment sandbox', run: sandbox.stop },
];
onShutdown(log, steps, { forceMs: 8_000 });
log.info({ host }, 'sandbox ready');
