import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { Actor, Attribution } from '../db/domain/actor.ts';
import type { NpmLaunch } from '../db/domain/integrations/launch.ts';
import type { Money } from '../db/domain/money.ts';
import type { Identity, InputOf, ProcessDeclaration, SignalsOf, UpdatesOf } from '../workflows/define.ts';
import type { ReplayResult } from '../workflows/runs/replay-run.contract.ts';

/** Sends one email. Throws `mail.undeliverable` when the mail server rejects it. */
export interface Mailer {
  send(mail: {
    /** RFC 5322 Message-ID with angle brackets: the same for every attempt, so that a mailbox keeps one copy. */
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

/** Takes payments. Each call carries an idempotency key: a repeated key has the same effect and the same answer. */
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
      /** The customer is not present to confirm: a renewal. */
      offSession: boolean;
      key: string;
    },
  ): Promise<Charge>;
  /** Gives back an amount, or all that is left without one. */
  refund(request: { chargeRef: string; amountMinor?: number; key: string }): Promise<void>;
  /** Every charge of a customer, newest first. */
  listCharges(request: { customerRef: string }): Promise<(Charge & { refunded: boolean })[]>;
}

/** Secrets of a tenant: sealed under a key of the tenant, versioned, never shown on a page. */
export interface SecretStore {
  put(tenantId: string, name: string, value: string): Promise<{ version: number }>;
  /** The newest version. Throws `secret.unreadable` when it was altered or sealed for another tenant. */
  get(tenantId: string, name: string): Promise<string | null>;
  /** Removes every version. */
  remove(tenantId: string, name: string): Promise<void>;
}

/** Seals single values that a row stores; opens only what was sealed for the same purpose and place. */
export interface Sealer {
  seal(purpose: string, value: string, place: string): { keyId: string; sealed: Buffer };
  /** Throws `secret.unreadable`. */
  open(purpose: string, stored: { keyId: string; sealed: Buffer }, place: string): string;
}

/** The platform's OAuth clients: its registrations with the vendors. */
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

/** Packages of third-party servers, each with exactly the dependency tree that was reviewed. */
export interface Packages {
  /**
   * Resolves a package in one version and installs it without running any of its scripts. `program` names the program
   * to run where the package has several. Throws `package.not-found`, `package.no-program`, `service.unavailable`.
   */
  pin(wanted: { package: string; version: string; program?: string | undefined }): Promise<{
    program: string;
    lock: string;
  }>;
  /** Path of the file to run; installs the package first where this machine doesn't have it yet. */
  programOf(launch: Pick<NpmLaunch, 'package' | 'program' | 'lock'>): Promise<string>;
}

/** How MCP servers reach their vendors in this deployment. */
export interface ToolEnvironment {
  /** Stand-ins for vendors, by server name: this base URL replaces every host of the vendor. */
  baseUrls: Readonly<Record<string, string>>;
  /** Whether tenants may connect sites in private networks; for development on one machine. */
  allowPrivateHosts: boolean;
}

/** Asks running processes for something, as people do. */
export interface ProcessRequests {
  /**
   * Sends an update and waits for its answer. The same key again gets the first one's answer, and nothing is done twice;
   * even after the process has ended. Throws the code it was refused with; `run.ended` where there is no such process
   * or it takes none; `process.timeout`, `service.unavailable`: whether it was taken is not known.
   */
  update<P extends ProcessDeclaration, Name extends keyof UpdatesOf<P>>(
    contract: P,
    id: string,
    update: Name,
    input: UpdatesOf<P>[Name]['input'],
    key: string,
  ): Promise<UpdatesOf<P>[Name]['output']>;
  /**
   * Retries a step of one run that needs attention, as `update` does, once for each key. Throws as `update` does, and
   * `step.not-open`.
   */
  retryStep(
    run: { workflowId: string; runId: string },
    input: { step: string; reason: string; by: Actor },
    key: string,
  ): Promise<void>;
  /**
   * Tells a process something; starts it where no run of the same identity is open. Returns once it is recorded. Throws
   * `service.unavailable`.
   */
  startWithSignal<P extends ProcessDeclaration, Name extends keyof SignalsOf<P>>(
    contract: P & Identity<InputOf<P>>,
    input: InputOf<P>,
    signal: Name,
    signalInput: SignalsOf<P>[Name],
  ): Promise<void>;
  /** Asks a run to end; again, it does nothing more. Throws `run.ended`, `service.unavailable`. */
  cancel(run: { workflowId: string; runId: string }): Promise<void>;
}

/** Replays runs against the workflow code of this worker. */
export interface Replayer {
  /** Changes nothing; code that doesn't match is a result. */
  replay(history: History, workflowId: string): Promise<ReplayResult>;
}

/** What starts runs by the clock. */
export interface Schedules {
  /** Pauses every schedule of a tenant or of the platform that runs; the ids of all that are paused with this note. */
  pauseAll(reach: { reach: 'tenant' | 'platform'; tenantId: string }, note: string): Promise<string[]>;
  /** Resumes those of these that are paused with this note; others are left alone. */
  resume(ids: readonly string[], note: string): Promise<void>;
}

/** The time; tests give another. */
export interface Clock {
  now(): Date;
}
