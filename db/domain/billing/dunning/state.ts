import type { DeclineClass } from '../payments.ts';
import type { AccessLevel } from '../subscriptions.ts';

/** What a mail about an overdue invoice tells: that a payment failed, failed again, what was taken away, or that all is well. */
export const dunningMails = [
  'failed',
  'retryFailed',
  'restricted',
  'suspended',
  'cancelled',
  'settled',
] as const;
export type DunningMail = (typeof dunningMails)[number];

/** What is done about an overdue invoice; at the same moment in this order, so that money comes before everything. */
export const dunningKinds = ['settled', 'retry', 'restrict', 'suspend', 'cancel', 'mail'] as const;
export type DunningKind = (typeof dunningKinds)[number];

/** How a case ends: `writtenOff` by an administrator, while the subscription stays. */
export const dunningOutcomes = ['paid', 'voided', 'cancelled', 'writtenOff'] as const;
export type DunningOutcome = (typeof dunningOutcomes)[number];

/** Why a try is made before its day. */
export const retryReasons = ['newCard', 'askedByCustomer', 'askedByAdmin'] as const;
export type RetryReason = (typeof retryReasons)[number];
/** Why a step is taken before its day; `givenUp`: an administrator cancels and writes off. */
export type StepReason = RetryReason | 'givenUp';

export interface DunningStep {
  kind: DunningKind;
  /** When it is due; epoch milliseconds. */
  atMs: number;
  mail?: DunningMail;
  /** Which try it is; the one that failed first is the first. */
  attempt?: number;
  reason?: StepReason;
  outcome?: DunningOutcome;
}

/** What came of a try; `unreachable`: the gateway gave no answer, so the same try is made again. */
export type TryResult = { paid: true } | { paid: false; declineClass: DeclineClass } | { unreachable: true };
/** Null for what has no outcome of its own. */
export type StepResult = TryResult | null;

export interface DoneStep extends DunningStep {
  /** When it was done; epoch milliseconds. */
  doneMs: number;
  result: StepResult;
}

/** How far a case is: all that decides what comes next. */
export interface DunningState {
  timezone: string;
  /** When the payment failed first; epoch milliseconds. */
  startedMs: number;
  /** Tries so far, the first included. */
  tries: number;
  /** Those of them that the gateway answered: the number of the charge that is next, so that one without an answer is asked for again. */
  charges: number;
  lastTryMs: number;
  /** Why the last one failed. */
  declineClass: DeclineClass;
  /** The card of the last try; another one is tried immediately. */
  cardId: string | null;
  access: AccessLevel;
  /** By how many days an administrator moved restriction, suspension and cancellation. */
  extendedDays: number;
  /** A try that is due before its day. */
  asked: { atMs: number; reason: RetryReason } | null;
  /** When an administrator gave it up. */
  givenUpMs: number | null;
  /** How it ended, and when; what follows from that may still be left to do. */
  over: { outcome: DunningOutcome; atMs: number } | null;
  /** Whether what follows from the end was done. */
  settled: boolean;
  /** Mails still to be sent. */
  mails: { mail: DunningMail; atMs: number }[];
  done: DoneStep[];
}
