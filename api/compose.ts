import { createHmac } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { certificateKey } from '../activities/adapters/certificate-signer.ts';
import { squarePicture } from '../activities/adapters/pictures.ts';
import { storedOauthClients } from '../activities/adapters/oauth-clients.ts';
import { tokenizeSandboxCard } from '../activities/adapters/sandbox-cards.ts';
import { sealedDrafts } from '../activities/adapters/sealed-drafts.ts';
import { sealedFactors } from '../activities/adapters/sealed-factors.ts';
import { sealedSecrets } from '../activities/adapters/sealed-secrets.ts';
import { createSealer } from '../activities/adapters/sealer.ts';
import { signInProviders } from '../activities/adapters/sign-in-providers.ts';
import { stagedSecrets } from '../activities/adapters/staged-secrets.ts';
import { invoicePdf } from '../activities/billing/invoice-pdf.ts';
import { handshakeSecretOnce, deliveryCheck } from '../activities/mcp/gateway/verify-delivery.ts';
import { auditSigner } from '../db/audit/signing.ts';
import { apiKeyReader } from '../db/auth/api-keys.ts';
import { embeddedAuth } from '../db/auth/embedded.ts';
import { deriveLinkToken } from '../db/auth/link-tokens.ts';
import { passwordProblems } from '../db/auth/password-problem.ts';
import type { Db } from '../db/scope.ts';
import { type Config, ConfigError } from '../workers/runtime/config.ts';
import { deriveKey } from '../workers/runtime/keys.ts';
import type { ApiDeps } from './kit/deps.ts';
import { createLimits } from './kit/limits.ts';
import { createProcesses } from './kit/processes/client.ts';

/** The badge beside the name of the portal; production shows none. */
const badges: Record<Config['env'], string> = { development: 'development', test: 'test', production: '' };

/**
 * What the API needs of the world, from its settings, one database and one Temporal client; the caller closes both.
 * Throws `ConfigError` for a setting that is missing.
 */
export function composeApi(config: Config, db: Db, client: Client, log: Logger): ApiDeps {
  if (!config.paymentSandboxUrl)
    throw new ConfigError('PAYMENT_SANDBOX_URL is required by the API and not set.');
  const sealer = createSealer(config.masterKey);
  const oauthClients = storedOauthClients(db, sealer);
  const clock = { now: () => new Date() };
  const secrets = sealedSecrets(db, config.masterKey);
  const webhookParts = { db, oauthClients, secrets, clock };
  return {
    db,
    log,
    auth: embeddedAuth(db),
    apiKeys: apiKeyReader(db),
    keySecret: (subject) =>
      createHmac('sha256', deriveKey(config.masterKey, 'api-keys')).update(subject).digest(),
    processes: createProcesses(client),
    limits: createLimits(db.authPool),
    passwordProblem: passwordProblems(config.leakedPasswordsDir, (error) =>
      log.warn({ err: error }, 'a range file of leaked passwords cannot be read'),
    ),
    tokenizeCard: tokenizeSandboxCard(config.paymentSandboxUrl),
    ...stagedSecrets(db, config.masterKey),
    ...sealedDrafts(sealer),
    ...sealedFactors(sealer),
    squarePicture,
    saveOauthClient: (by, server, registration) => oauthClients.save(by, server, registration),
    checkDelivery: deliveryCheck(webhookParts),
    revealHandshakeSecret: handshakeSecretOnce(webhookParts),
    invoicePdf,
    providers: signInProviders(sealer, config.tools),
    auditSigner: auditSigner(deriveKey(config.masterKey, 'audit-log')),
    linkToken: (subject) => deriveLinkToken(deriveKey(config.masterKey, 'links'), subject),
    certificates: certificateKey(deriveKey(config.masterKey, 'certificates')),
    csrfSecret: deriveKey(config.masterKey, 'csrf').toString('base64url'),
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    operator: config.operator,
    environment: badges[config.env],
    mailboxUrl: config.mailboxUrl,
  };
}
