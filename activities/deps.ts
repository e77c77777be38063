import type { Logger } from 'pino';
import type { Db } from '../db/scope.ts';
import type { Attribution } from '../db/domain/actor.ts';
import type { NpmLaunch } from '../db/domain/integrations/servers.ts';
import type { Money } from '../db/domain/money.ts';
import type { Gateway } from './mcp/gateway/gateway.ts';

/** Sends one mail. Throws `mail.undeliverable` when the server does not take it. */
export interface Mailer {
  send(mail: {
    /** RFC 5322 Message-ID with angle brackets: the same for every try, so that a mailbox keeps one. */
    messageId: string;
    to: { name: string; address: string };
    subject: string;
    html: string;
    text: string;
    attachments?: { filename: string; content: Buffer; contentType: string }[];
  }): Promise<void>;
  /** Ends idle connections; for shutdown. */
  close(): void;
}

export interface Charge extends Money {
  /** The gateway's id. */
  ref: string;
}

/** Takes money. Each call carries a key: the same key again has the same effect and the same answer. */
export interface PaymentGateway {
  name: string;
  /** Checks that a card can be charged later. Throws `payment.declined` with the gateway's reason. */
  verify(request: { paymentMethodId: string; customerRef: string; key: string }): Promise<void>;
  /** Throws `payment.declined` with the gateway's reason. */
  charge(
    request: Money & {
      paymentMethodId: string;
      customerRef: string;
      description: string;
      /** The customer is not there to confirm: a renewal. */
      offSession: boolean;
      key: string;
    },
  ): Promise<Charge>;
  refund(request: { chargeRef: string; key: string }): Promise<void>;
  /** What was ever taken from a customer, newest first. */
  listCharges(request: { customerRef: string }): Promise<(Charge & { refunded: boolean })[]>;
}

/** Values that nobody reads back in a page: sealed under a key of the tenant, versioned. */
export interface SecretStore {
  put(tenantId: string, name: string, value: string): Promise<{ version: number }>;
  /** The newest version. Throws `secret.unreadable` when it was sealed for another tenant or changed. */
  get(tenantId: string, name: string): Promise<string | null>;
  /** Every version. */
  remove(tenantId: string, name: string): Promise<void>;
}

/** Seals values that stand in rows of their own; opens only what was sealed for the same purpose and place. */
export interface Sealer {
  seal(purpose: string, value: string, place: string): { keyId: string; sealed: Buffer };
  /** Throws `secret.unreadable`. */
  open(purpose: string, stored: { keyId: string; sealed: Buffer }, place: string): string;
}

/** The platform's own registrations at services with OAuth. */
export interface OauthClients {
  find(server: string): Promise<{ clientId: string; clientSecret: string } | null>;
  save(by: Attribution, server: string, client: { clientId: string; clientSecret: string }): Promise<void>;
}

/** Files, by key. Keys are relative paths of letters, digits, `-`, `_`, `.` and `/`. */
export interface ObjectStore {
  put(key: string, content: Buffer): Promise<void>;
  /** Throws `object.not-found`. */
  get(key: string): Promise<Buffer>;
  remove(key: string): Promise<void>;
}

/** Packages of tool servers that are not ours, each with exactly the tree of packages it was looked at with. */
export interface Packages {
  /**
   * Resolves a package in one version and installs it without running any of its scripts. `program` names one of its
   * programs where it brings several. Throws `package.not-found`, `package.no-program`, `service.unavailable`.
   */
  pin(wanted: { package: string; version: string; program?: string | undefined }): Promise<{
    program: string;
    lock: string;
  }>;
  /** The file to run; installed first where this machine does not have it yet. */
  programOf(launch: Pick<NpmLaunch, 'package' | 'program' | 'lock'>): Promise<string>;
}

/** How tool servers reach their vendors here. */
export interface ToolEnvironment {
  /** Stand-ins for vendors, by server: every host of the vendor is replaced by this address. */
  baseUrls: Readonly<Record<string, string>>;
  /** Tenants may connect sites in private networks; for development on one machine. */
  allowPrivateHosts: boolean;
}

export interface Clock {
  now(): Date;
}

/** Everything that effects need of the world; made once per process by workers/deps.ts. */
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
  gateway: Gateway;
  log: Logger;
  /** Origin of links in mails. */
  publicUrl: string;
  /** Key from which link tokens are derived, so that a mail that is sent again holds the same link. */
  linkKey: Buffer;
}

/** What the gateway itself needs of the world. */
export type GatewayDeps = Pick<Deps, 'db' | 'secrets' | 'oauthClients' | 'tools' | 'packages'>;
