import type { Queue } from '../../workflows/shared/queues.ts';
import type { Operator } from '../../db/domain/settings/operator.ts';
import type { Settings } from './config-fields.ts';
import { ConfigError, parseSettings } from './config-fields.ts';
import { deriveRolePassword } from './keys.ts';

export { ConfigError } from './config-fields.ts';

/** One connection string per PostgreSQL role; `owner` migrates, `app` serves tenants under row-level security. */
export type DatabaseUrls = Readonly<Record<'owner' | 'app' | 'platform' | 'partner' | 'queryRo', string>>;

/** What every process (worker, API, migration, seed) may know about its surroundings; parsed once, then frozen. */
export type Config = Readonly<{
  env: Settings['BIZOSAAS_ENV'];
  host: string;
  port: number;
  /** The proxies whose X-Forwarded-For is believed: how many there are, or their networks. Never all addresses. */
  trustProxy: number | string[];
  /** Absolute path of a folder with range files of leaked passwords, where the operator keeps one. */
  leakedPasswordsDir: string | undefined;
  /** Absolute path of what this installation keeps in files. */
  dataDir: string;
  /** Origin that links in mails and OAuth redirects use; without a trailing slash. */
  publicUrl: string;
  databaseUrls: DatabaseUrls;
  temporal: Readonly<{ address: string; namespace: string }>;
  /** 32 bytes; never used directly: see deriveKey(). */
  masterKey: Buffer;
  smtpUrl: string | undefined;
  mailFrom: string;
  mailboxUrl: string | undefined;
  paymentSandboxUrl: string | undefined;
  /** How tool servers reach their vendors: stand-ins by server, and whether tenants may name private hosts. */
  tools: Readonly<{ baseUrls: Readonly<Record<string, string>>; allowPrivateHosts: boolean }>;
  /** Who runs this installation; null until it is entered. */
  operator: Operator | null;
  logLevel: Settings['LOG_LEVEL'];
  /** 0 = the worker opens no health port. */
  workerHealthPort: number;
  /** The task queues that a worker process serves. */
  workerQueues: readonly Queue[];
}>;

/** The same for the launcher, which makes the database, the Temporal server and the keys when they are not given. */
export type LauncherConfig = Readonly<
  Omit<Config, 'databaseUrls' | 'temporal' | 'masterKey' | 'workerHealthPort' | 'workerQueues'> & {
    databaseUrl: string | undefined;
    temporalAddress: string | undefined;
    temporalNamespace: string;
    temporalCliPath: string | undefined;
    /** Whether `npm start` fills the platform with demo businesses. */
    demo: boolean;
    masterKey: Buffer | undefined;
  }
>;

/** Reads the environment of a worker, API, migration or seed process. Throws ConfigError (one plain sentence). */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = parseSettings(env);
  const owner = required('DATABASE_URL', given.DATABASE_URL);
  const masterKey = required('BIZOSAAS_MASTER_KEY', given.BIZOSAAS_MASTER_KEY);
  if (given.BIZOSAAS_ENV === 'production') refusePublishedSecrets(owner, masterKey);
  return Object.freeze({
    ...common(given),
    databaseUrls: Object.freeze(databaseUrls(given, owner, masterKey)),
    temporal: Object.freeze({
      address: given.TEMPORAL_ADDRESS ?? '127.0.0.1:7233',
      namespace: given.TEMPORAL_NAMESPACE,
    }),
    masterKey,
    workerHealthPort: given.WORKER_HEALTH_PORT,
    workerQueues: given.WORKER_QUEUES,
  });
}

/** The same for a command: settings of the platform it is to reach, unless the environment says otherwise. */
export function loadConfigOver(settings: Record<string, string> | null): Config {
  return loadConfig({ ...settings, ...process.env });
}

/** Reads the environment of `npm start`. Throws ConfigError (one plain sentence). */
export function loadLauncherConfig(env: NodeJS.ProcessEnv = process.env): LauncherConfig {
  const given = parseSettings(env);
  return Object.freeze({
    ...common(given),
    databaseUrl: given.DATABASE_URL,
    temporalAddress: given.TEMPORAL_ADDRESS,
    temporalNamespace: given.TEMPORAL_NAMESPACE,
    temporalCliPath: given.TEMPORAL_CLI_PATH,
    demo: given.DEMO && given.BIZOSAAS_ENV !== 'production',
    masterKey: given.BIZOSAAS_MASTER_KEY,
  });
}

function common(given: Settings) {
  return {
    env: given.BIZOSAAS_ENV,
    host: given.HOST,
    port: given.PORT,
    trustProxy: given.TRUST_PROXY,
    leakedPasswordsDir: given.LEAKED_PASSWORDS_DIR,
    dataDir: given.DATA_DIR,
    publicUrl: given.PUBLIC_URL ?? `http://127.0.0.1:${given.PORT}`,
    smtpUrl: given.SMTP_URL,
    mailFrom: given.MAIL_FROM,
    mailboxUrl: given.MAILBOX_URL,
    paymentSandboxUrl: given.PAYMENT_SANDBOX_URL,
    tools: {
      baseUrls: given.TOOL_BASE_URLS ?? {},
      allowPrivateHosts: given.TOOL_PRIVATE_HOSTS ?? given.BIZOSAAS_ENV === 'development',
    },
    operator: operatorOf(given),
    logLevel: given.LOG_LEVEL,
  };
}

function operatorOf(given: Settings): Operator | null {
  const { OPERATOR_NAME: name, OPERATOR_ADDRESS: address, OPERATOR_EMAIL: email } = given;
  if (!name && !address && !email) return null;
  return {
    name: required('OPERATOR_NAME', name),
    address: required('OPERATOR_ADDRESS', address),
    email: required('OPERATOR_EMAIL', email),
    phone: given.OPERATOR_PHONE ?? null,
    registration: given.OPERATOR_REGISTRATION ?? null,
    securityEmail: given.OPERATOR_SECURITY_EMAIL ?? required('OPERATOR_EMAIL', email),
  };
}

function required<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw new ConfigError(`${name} is required and not set.`);
  return value;
}

function databaseUrls(given: Settings, owner: string, masterKey: Buffer): DatabaseUrls {
  const key = decodeURIComponent(new URL(owner).password) || masterKey;
  const derived = (role: string) => {
    const url = new URL(owner);
    url.username = role;
    url.password = deriveRolePassword(key, role);
    return url.href;
  };
  return {
    owner,
    app: given.DATABASE_APP_URL ?? derived('bizosaas_app'),
    platform: given.DATABASE_PLATFORM_URL ?? derived('bizosaas_platform'),
    partner: given.DATABASE_PARTNER_URL ?? derived('bizosaas_partner'),
    queryRo: given.DATABASE_QUERY_URL ?? derived('bizosaas_query_ro'),
  };
}

const publishedPasswords = new Set([
  'postgres',
  'password',
  'changeme',
  'secret',
  'temporal',
  'bizosaas',
  'admin',
]);

/** Secrets that anyone can find in examples or guess protect nothing, so production does not start with them. */
function refusePublishedSecrets(owner: string, masterKey: Buffer): void {
  if (publishedPasswords.has(decodeURIComponent(new URL(owner).password).toLowerCase())) {
    throw new ConfigError('DATABASE_URL carries a published default password, which production refuses.');
  }
  if (new Set(masterKey).size < 8) {
    throw new ConfigError('BIZOSAAS_MASTER_KEY is a published or guessable key, which production refuses.');
  }
}
