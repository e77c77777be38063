import { join } from 'node:path';
import { z } from 'zod';
import type { LauncherConfig } from '../../runtime/config.ts';
import { readJson, writeFileAtomic } from '../kit/files.ts';

/** What the services of this start are reached by. */
export type Addresses = Readonly<{
  databaseUrl: string;
  temporalAddress: string;
  smtpUrl: string;
  mailboxUrl: string;
  paymentSandboxUrl: string;
  /** Stand-ins for vendors, by server. */
  vendors: Readonly<Record<string, string>>;
  masterKey: string;
}>;

/** Where the command line finds the settings of the platform that runs on a data directory. */
const settingsFile = (dataDir: string) => join(dataDir, 'settings.json');

/** What every process of the platform is told: what the person set, and the addresses of what was started for it. */
export function platformSettings(config: LauncherConfig, addresses: Addresses): Record<string, string> {
  return {
    BIZOSAAS_ENV: config.env,
    HOST: config.host,
    PORT: String(config.port),
    PUBLIC_URL: config.publicUrl,
    DATA_DIR: config.dataDir,
    DATABASE_URL: addresses.databaseUrl,
    TEMPORAL_ADDRESS: addresses.temporalAddress,
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    BIZOSAAS_MASTER_KEY: addresses.masterKey,
    SMTP_URL: config.smtpUrl ?? addresses.smtpUrl,
    MAILBOX_URL: config.mailboxUrl ?? addresses.mailboxUrl,
    PAYMENT_SANDBOX_URL: config.paymentSandboxUrl ?? addresses.paymentSandboxUrl,
    TOOL_BASE_URLS: JSON.stringify({ ...addresses.vendors, ...config.tools.baseUrls }),
    TOOL_PRIVATE_HOSTS: String(config.tools.allowPrivateHosts),
  };
}

/** Keeps the settings for `npx bizosaas`; readable only for their owner, since they open the database. */
export function writeSettings(dataDir: string, settings: Record<string, string>): Promise<void> {
  return writeFileAtomic(settingsFile(dataDir), `${JSON.stringify(settings, null, 2)}\n`, 0o600);
}

/** The settings of the platform that ran last on a data directory; null where none did. */
export function readSettings(dataDir: string): Promise<Record<string, string> | null> {
  return readJson(settingsFile(dataDir), z.record(z.string(), z.string()));
}
