import { join } from 'node:path';
import type { Logger } from 'pino';
import { fileObjects } from '../activities/adapters/file-objects.ts';
import { npmPackages } from '../activities/adapters/npm-packages.ts';
import { sandboxPayments } from '../activities/adapters/sandbox-payments.ts';
import { storedOauthClients } from '../activities/adapters/oauth-clients.ts';
import { sealedSecrets } from '../activities/adapters/sealed-secrets.ts';
import { temporalProcesses } from '../activities/adapters/temporal-processes.ts';
import { createSealer } from '../activities/adapters/sealer.ts';
import { smtpMailer } from '../activities/adapters/smtp-mailer.ts';
import type { Deps } from '../activities/deps.ts';
import { createGateway } from '../activities/mcp/gateway/gateway.ts';
import type { Db } from '../db/scope.ts';
import { type Config, ConfigError } from './runtime/config.ts';
import { deriveKey } from './runtime/keys.ts';

function required(name: string, value: string | undefined): string {
  if (!value) throw new ConfigError(`${name} is required by the worker and not set.`);
  return value;
}

/** The world as activities see it, made once per worker. */
export function createDeps(config: Config, db: Db, log: Logger): Deps {
  const secrets = sealedSecrets(db, config.masterKey, (tenantId) => ({
    visibility: { tenantId },
    by: { actor: { type: 'system', id: 'secrets' }, context: {} },
  }));
  const sealer = createSealer(config.masterKey);
  const oauthClients = storedOauthClients(db, sealer);
  const objects = fileObjects(join(config.dataDir, 'objects'));
  const packages = npmPackages(join(config.dataDir, 'packages'), objects);
  return {
    db,
    log,
    mailer: smtpMailer(required('SMTP_URL', config.smtpUrl), config.mailFrom),
    payments: sandboxPayments(required('PAYMENT_SANDBOX_URL', config.paymentSandboxUrl)),
    secrets,
    sealer,
    oauthClients,
    objects,
    packages,
    processes: temporalProcesses,
    tools: config.tools,
    gateway: createGateway({ db, secrets, oauthClients, packages, tools: config.tools }),
    clock: { now: () => new Date() },
    publicUrl: config.publicUrl,
    linkKey: deriveKey(config.masterKey, 'links'),
  };
}
