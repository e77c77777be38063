/** State of a whole run, and of a step of it; one vocabulary for every page, colour and filter. */
export const runStates = ['running', 'waiting', 'needsAttention', 'failed', 'done', 'stopped'] as const;
export type RunState = (typeof runStates)[number];

export const stepStates = [
  'upcoming',
  'running',
  'waiting',
  'needsAttention',
  'failed',
  'done',
  'skipped',
] as const;
export type StepState = (typeof stepStates)[number];

/** For whom or what a step waits. Data: the words belong to the pages. */
export const waitKinds = [
  'owner',
  'administrator',
  'approver',
  'invitee',
  'connector',
  'vendor',
  'schedule',
] as const;
/** `connector` is the person who connects a server, `schedule` a set time. */
export type WaitKind = (typeof waitKinds)[number];

/** What happens next without anyone doing anything. Data: the words belong to the pages. */
export const nextKinds = ['reminder', 'close', 'expiry', 'notice', 'retire', 'purge', 'check'] as const;
/** `close` ends what was not finished, `notice` tells owners of a coming end, `retire` switches a server off. */
export type NextKind = (typeof nextKinds)[number];

/** The next thing that happens automatically. */
export interface NextEvent {
  kind: NextKind;
  /** ISO time. */
  at: string;
}

/** `unknown`: it may have been done or may still be, so doing it again could do it twice. */
export const itemOutcomes = ['done', 'skipped', 'refused', 'unknown'] as const;

/** How it went for one of many things that a step works through. */
export interface ItemResult {
  id: string;
  outcome: (typeof itemOutcomes)[number];
  /** Why, where it was not done: a code of the error table. */
  code?: string;
}

/** The outcome of a step, as data. */
export type StepNote =
  /** Old rows were removed; `more` are left for the next purge. */
  | { kind: 'removed'; count: number; more: boolean }
  /** So many things are worked through; the results so far. */
  | { kind: 'items'; total: number; results: ItemResult[] }
  /** The step found a problem without failing; the message is public. */
  | { kind: 'problem'; message: string };

export interface StepError {
  /** A code of the error table. */
  code: string;
  /** Public sentence. */
  message: string;
}

export interface StepProgress {
  key: string;
  state: StepState;
  /** ISO time since which the step is in this state. */
  since: string;
  /** How often the step was started. */
  attempts: number;
  waitingFor?: WaitKind;
  error?: StepError;
  note?: StepNote;
}

/** What a run reports about itself. Stored in the run's memo, so it is readable without a worker. */
export interface Progress {
  state: RunState;
  /** Key of the step the run is at; null when it has ended. */
  currentStep: string | null;
  steps: StepProgress[];
  next?: NextEvent;
  /** ISO time of the last change. */
  changedAt: string;
}

/**
 * The state of a run, from the engine's status and the run's last report: a run that was terminated or timed out keeps
 * its last progress.
 */
export function runStateOf(status: string, reported: Pick<Progress, 'state'> | null | undefined): RunState {
  switch (status) {
    case 'RUNNING':
    case 'PAUSED':
      return reported?.state ?? 'running';
    case 'COMPLETED':
      return reported?.state === 'stopped' ? 'stopped' : 'done';
    case 'CANCELLED':
    case 'TERMINATED':
      return 'stopped';
    default:
      return 'failed';
  }
}
