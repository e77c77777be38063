import type { Logger } from 'pino';
import type { AuditSigner } from '../db/audit/signing.ts';
import type { Db } from '../db/scope.ts';
import type { CertificateSigner } from '../db/domain/identity/certificate.ts';
import type { Gateway } from './mcp/gateway/gateway.ts';
import type {
  Clock,
  Mailer,
  OauthClients,
  ObjectStore,
  Packages,
  PaymentGateway,
  ProcessRequests,
  Replayer,
  Schedules,
  Sealer,
  SecretStore,
  ToolEnvironment,
} from './ports.ts';

/** What activities need from outside; created once per worker by workers/deps.ts. */
export interface Deps {
  db: Db;
  mailer: Mailer;
  payments: PaymentGateway;
  secrets: SecretStore;
  sealer: Sealer;
  /** Signs checkpoints of the audit log. */
  auditSigner: AuditSigner;
  oauthClients: OauthClients;
  objects: ObjectStore;
  clock: Clock;
  tools: ToolEnvironment;
  packages: Packages;
  processes: ProcessRequests;
  /** Replays runs against the deployed code. */
  replayer: Replayer;
  schedules: Schedules;
  gateway: Gateway;
  log: Logger;
  /** Origin of links in emails. */
  publicUrl: string;
  /** Key from which link tokens are derived, so that an email that is sent again holds the same link. */
  linkKey: Buffer;
  /** Signs certificates of views as another person. */
  certificates: CertificateSigner;
}
