import type { LauncherConfig } from '../../runtime/config.ts';

/** What the services of this start are reached by. */
export type Addresses = Readonly<{
  databaseUrl: string;
  temporalAddress: string;
  smtpUrl: string;
  mailboxUrl: string;
  paymentSandboxUrl: string;
  masterKey: string;
}>;

/** The environment of every child: what the person set, and the addresses of what was started for it. */
export function childEnvironment(config: LauncherConfig, addresses: Addresses): NodeJS.ProcessEnv {
  return {
    ...process.env,
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
  };
}
