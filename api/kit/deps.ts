import type { Logger } from 'pino';
import type { AuthProvider } from '../../db/auth/provider.ts';
import type { Db } from '../../db/connect.ts';
import type { Card, Invoice, PaymentMethod } from '../../db/domain/billing.ts';
import type { Tenant } from '../../db/domain/tenant.ts';
import type { Limits } from './limits.ts';
import type { Processes } from './processes.ts';

/** What the API needs of the world; made once by main.ts. */
export interface ApiDeps {
  db: Db;
  auth: AuthProvider;
  processes: Processes;
  limits: Limits;
  log: Logger;
  /** Exchanges a card for the gateway's token, so that the card itself goes no further than the edge. */
  tokenizeCard(card: Card): Promise<PaymentMethod>;
  /** An invoice as people print and file it. */
  invoicePdf(invoice: Invoice, tenant: Tenant): Promise<Buffer>;
  /** Signs CSRF tokens. */
  csrfSecret: string;
  publicUrl: string;
  /** "development" or another word for the badge; empty in production. */
  environment: string;
  /** Inbox of the local mailbox, where there is one. */
  mailboxUrl: string | undefined;
}
