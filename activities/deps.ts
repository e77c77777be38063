import type { Logger } from 'pino';
import type { Db } from '../db/scope.ts';
import type { Gateway } from './mcp/gateway/gateway.ts';
import type {
  Clock,
  Mailer,
  OauthClients,
  ObjectStore,
  Packages,
  PaymentGateway,
  ProcessRequests,
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
  oauthClients: OauthClients;
  objects: ObjectStore;
  clock: Clock;
  tools: ToolEnvironment;
  packages: Packages;
  processes: ProcessRequests;
  gateway: Gateway;
  log: Logger;
  /** Origin of links in emails. */
  publicUrl: string;
  /** Key from which link tokens are derived, so that an email that is sent again holds the same link. */
  linkKey: Buffer;
}
