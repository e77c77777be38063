import type { Freeze, FreezeReach } from '../../tenants/freeze.ts';
import type { NextEvent, WaitKind } from '../../progress.ts';

/** Something that was stopped on purpose; what isn't known is null. */
export interface Hold {
  /** ISO time. */
  since: string | null;
  /** Name of the person. */
  by: string | null;
  reason: string | null;
  /** The piece of work that was stopped, where it is only that; absent for all of it. */
  work?: string;
}

/** A freeze as what stopped the work. */
export const holdOf = ({ since, byName: by, reason }: Pick<Freeze, 'since' | 'byName' | 'reason'>): Hold => ({
  since: since.toISOString(),
  by,
  reason,
});

/** Tasks of a queue that wait for a worker. */
export interface BacklogFacts {
  queue: string;
  count: number;
  /** How long the oldest has waited. */
  ageMs: number;
}

/** Every cause there is, in the order in which they have to be mended: the first one holds up all after it. */
export const causeCodes = [
  'failed',
  'refused',
  'stopped',
  'engineAway',
  'frozen',
  'noWorker',
  'cannotReplay',
  'paused',
  'schedulePaused',
  'billingBlocked',
  'credentialsRevoked',
  'limitReached',
  'vendorDown',
  'needsHelp',
  'childStuck',
  'retrying',
  'backlog',
  'waitsApproval',
  'waitsCustomer',
  'waitsPerson',
  'silent',
  'timer',
] as const;
export type CauseCode = (typeof causeCodes)[number];

/** What the error of a step or of its work says: the public sentence, the step, and when it is tried again. */
interface Blocked {
  step: string | null;
  /** Set where it is about a tenant's connection as such, not about the step of a run. */
  server?: string;
  message: string;
  /** ISO time; null where it isn't tried again without a person. */
  nextTryAt: string | null;
  /** Parked: an administrator has to retry it once the cause is gone. */
  parked: boolean;
}

/** A wait for a person. */
export interface PersonWait {
  waitingFor: WaitKind;
  step: string | null;
  /** What is left to do: "choose a website". */
  pending: string | null;
  /** What the person was refused with; null where nothing is wrong. */
  refusedWith: string | null;
  next: NextEvent | null;
  canRemind: boolean;
}

/** One cause, as data; the words are in the pages' copy. */
export type Cause =
  | { code: 'failed' | 'refused'; message: string | null }
  | { code: 'stopped' | 'engineAway' }
  | { code: 'frozen'; hold: Hold; reach?: FreezeReach | undefined }
  | { code: 'paused' | 'schedulePaused'; hold: Hold }
  | { code: 'noWorker'; queue: string | null }
  | { code: 'cannotReplay'; nonDeterminism: boolean }
  | { code: 'billingBlocked'; status: 'pastDue' | 'restricted' | 'suspended' }
  | ({ code: 'credentialsRevoked' | 'limitReached' | 'vendorDown' } & Blocked)
  | { code: 'needsHelp'; step: string | null; message: string | null; errorCode: string; canSkip: boolean }
  | { code: 'childStuck'; runId: string; title: string; cause: Cause }
  | {
      code: 'retrying';
      step: string | null;
      failures: number;
      message: string | null;
      nextTryAt: string | null;
      taken: boolean;
    }
  | ({ code: 'backlog' } & BacklogFacts)
  | ({ code: 'waitsApproval' | 'waitsCustomer' | 'waitsPerson' } & PersonWait)
  | { code: 'silent'; step: string | null; since: string | null; next: NextEvent | null; waiting: boolean }
  | { code: 'timer'; next: NextEvent };
