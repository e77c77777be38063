import { join } from 'node:path';
import type { Logger } from 'pino';
import { certificateKey } from '../activities/adapters/certificate-signer.ts';
import { fileObjects } from '../activities/adapters/file-objects.ts';
import { npmPackages } from '../activities/adapters/npm-packages.ts';
import { sandboxPayments } from '../activities/adapters/sandbox-payments.ts';
import { storedOauthClients } from '../activities/adapters/oauth-clients.ts';
import { sealedSecrets } from '../activities/adapters/sealed-secrets.ts';
import { temporalProcesses } from '../activities/adapters/temporal/processes.ts';
import { temporalSchedules } from '../activities/adapters/temporal/schedules.ts';
import { createSealer } from '../activities/adapters/sealer.ts';
import { smtpMailer } from '../activities/adapters/smtp-mailer.ts';
import type { Deps } from '../activities/deps.ts';
import { createGateway } from '../activities/mcp/gateway/gateway.ts';
import { auditSigner } from '../db/audit/signing.ts';
import type { Db } from '../db/scope.ts';
import { keptBundle } from './bundle.ts';
import { workflowReplayer } from './replayer.ts';
import { type Config, ConfigError } from './runtime/config.ts';
import { deriveKey } from './runtime/keys.ts';
import { dataConverter } from './runtime/temporal.ts';

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
    auditSigner: auditSigner(deriveKey(config.masterKey, 'audit-log')),
    oauthClients,
    objects,
    packages,
    processes: temporalProcesses,
    schedules: temporalSchedules,
    replayer: workflowReplayer(
      () => keptBundle(join(config.dataDir, 'cache')),
      dataConverter(config.masterKey),
    ),
    tools: config.tools,
    gateway: createGateway({ db, secrets, oauthClients, packages, tools: config.tools }),
    clock: { now: () => new Date() },
    publicUrl: config.publicUrl,
    linkKey: deriveKey(config.masterKey, 'links'),
    certificates: certificateKey(deriveKey(config.masterKey, 'certificates')),
  };
}
