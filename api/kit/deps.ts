import type { Logger } from 'pino';
import type { PasswordProblem } from '../../db/auth/password-problem.ts';
import type { KeyReader } from '../../db/auth/api-keys.ts';
import type { AuthProvider } from '../../db/auth/provider.ts';
import type { AuditSigner } from '../../db/audit/signing.ts';
import type { Db, Scope } from '../../db/scope.ts';
import type { Certificate } from '../../db/domain/identity/certificate.ts';
import type { Attribution } from '../../db/domain/actor.ts';
import type { Card, PaymentMethod } from '../../db/domain/billing/cards.ts';
import type { Invoice, InvoiceLine } from '../../db/domain/billing/invoices.ts';
import type { ProviderClient } from '../../db/domain/identity/sign-in-provider.ts';
import type { Tenant } from '../../db/domain/tenants/tenant.ts';
import type { Crop } from '../../db/domain/identity/picture.ts';
import type { Operator } from '../../db/domain/settings/operator.ts';
import type { Limits } from './limits.ts';
import type { Processes } from './processes/client.ts';

/** What the API needs of the world; made once by main.ts. */
export interface ApiDeps {
  db: Db;
  auth: AuthProvider;
  /** Reads the API key of a request and counts it, in one statement. */
  apiKeys: KeyReader;
  /** Bytes no one can guess, for the secret of a key; the same subject always has the same ones. */
  keySecret(subject: string): Buffer;
  processes: Processes;
  limits: Limits;
  /** Why a new password is refused; null for one that holds. */
  passwordProblem: PasswordProblem;
  log: Logger;
  /** Exchanges a card for the gateway's token, so that the card itself goes no further than the edge. */
  tokenizeCard(card: Card): Promise<PaymentMethod>;
  /** Keeps what a person typed for a process that will need it; the name to give it. */
  keepSecret(tenantId: string, value: Record<string, string>): Promise<string>;
  /** Forgets it, where no process took it over. */
  dropSecret(tenantId: string, name: string): Promise<void>;
  /** Seals and stores the platform's registration at a service with OAuth. */
  saveOauthClient(
    by: Attribution,
    server: string,
    client: { clientId: string; clientSecret: string },
  ): Promise<void>;
  /**
   * Whose event a delivery is, and whether the service really sent it. Throws `request.not-found`, `webhook.invalid`,
   * `service.unavailable`.
   */
  checkDelivery(
    address: { server: string; webhookKey: string },
    delivery: { method: string; url: string; headers: Record<string, string>; raw: Buffer },
  ): Promise<
    { tenantId: string } & (
      | { verdict: 'event'; id: string; type: string; payload: unknown }
      | { verdict: 'challenge'; status: number; body: string; contentType?: string }
    )
  >;
  /** The secret that a service brought for its notices, once; null when there is none to show. */
  revealHandshakeSecret(scope: Scope & { tenantId: string }, server: string): Promise<string | null>;
  /** An invoice as people print and file it. */
  invoicePdf(invoice: Invoice, lines: readonly InvoiceLine[], tenant: Tenant): Promise<Buffer>;
  /** Seals what a person typed, for a cookie; it opens for the same owner only. */
  sealDraft(owner: string, text: string): string;
  /** Null for what is another's or can't be read. */
  openDraft(owner: string, sealed: string): string | null;
  /** Seals the secret of a second factor; it opens for the same person only. */
  sealFactor(userId: string, secret: string): { keyId: string; sealed: Buffer };
  /** Throws `secret.unreadable`. */
  openFactor(userId: string, stored: { keyId: string; sealed: Buffer }): string;
  /** Seals a short text that a browser keeps; it opens for the same purpose only. */
  sealPass(purpose: string, text: string): string;
  /** Null for what is for another purpose or can't be read. */
  openPass(purpose: string, value: string): string | null;
  /**
   * A picture cut to a square and encoded anew. `crop` is the square in parts of the picture's shorter side; its middle
   * without it. Throws `picture.unreadable`.
   */
  squarePicture(picture: Buffer, crop: Crop | null): Promise<Buffer>;
  /** The token of a link and its hash; the same subject always has the same ones. */
  linkToken: (subject: string) => Promise<{ token: string; tokenHash: string }>;
  /** Signs exports of the audit log, and knows the current public key. */
  auditSigner: AuditSigner;
  /** Checks certificates of views as another person. */
  certificates: {
    /** PEM of the key that signs them. */
    publicKey: string;
    /** Whether the signature holds for exactly this content. */
    isGenuine(content: Certificate, signature: string): boolean;
  };
  /** Speaks to sign-in providers. */
  providers: ProviderClient;
  /** Signs CSRF tokens. */
  csrfSecret: string;
  publicUrl: string;
  /** The proxies whose X-Forwarded-For is believed: how many there are, or their networks. */
  trustProxy: number | string[];
  /** Who runs this installation; null until it is entered. */
  operator: Operator | null;
  /** "development" or another word for the badge; empty in production. */
  environment: string;
  /** Inbox of the local mailbox, where there is one. */
  mailboxUrl: string | undefined;
}
