import { isRefusalCode } from './errors.ts';

/**
 * State of a whole run, and of a step of it; one vocabulary for every page, colour and filter. `scheduled` waits for
 * a moment or an event instead of a person; `refused` ended because what was asked for could not be had, with
 * nothing broken.
 */
export const runStates = [
  'running',
  'waiting',
  'scheduled',
  'needsAttention',
  'failed',
  'refused',
  'done',
  'stopped',
] as const;
export type RunState = (typeof runStates)[number];

export const stepStates = [
  'upcoming',
  'running',
  'waiting',
  'scheduled',
  'needsAttention',
  'failed',
  'refused',
  'done',
  'skipped',
] as const;
export type StepState = (typeof stepStates)[number];

/** How a run can have ended. */
export const endStates: readonly RunState[] = ['done', 'failed', 'refused', 'stopped'];

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
export const nextKinds = [
  'reminder',
  'close',
  'expiry',
  'escalation',
  'notice',
  'retire',
  'purge',
  'check',
  'renewal',
  'dunning',
] as const;
/** `close` ends what was not finished, `notice` tells owners of a coming end, `retire` switches a server off. */
export type NextKind = (typeof nextKinds)[number];

/** The next thing that happens automatically. */
export interface NextEvent {
  kind: NextKind;
  /** ISO time. */
  at: string;
  /** When the run closes if the person it waits for does nothing; ISO time. */
  closesAt?: string;
}

/** The outcome of a step, as data. */
export type StepNote =
  /** Old rows were removed; `more` are left for the next purge. */
  | { kind: 'removed'; count: number; more: boolean }
  /** So many of all things that a step works through have had their turn. */
  | { kind: 'items'; total: number; settled: number }
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
  /** Of a step that its process doesn't declare. */
  title?: string;
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

/** What no person has to do anything about: a time that is set, or an event of a vendor. */
const standingWaits: readonly (WaitKind | undefined)[] = ['schedule', 'vendor'] satisfies WaitKind[];

function classifyStep(step: StepProgress): StepProgress {
  if (step.state === 'waiting' && standingWaits.includes(step.waitingFor))
    return { ...step, state: 'scheduled' };
  if (step.state === 'failed' && isRefusalCode(step.error?.code ?? '')) return { ...step, state: 'refused' };
  return step;
}

/**
 * What a run has reported, with its waits and its end classified: the workflow reports what happened, and whether that
 * is a refusal is told by the error table. Everything that reads a report reads it through this.
 */
export function classify(reported: Progress): Progress {
  const steps = reported.steps.map(classifyStep);
  const has = (state: StepState) => steps.some((step) => step.state === state);
  const current = steps.find(({ key }) => key === reported.currentStep);
  let { state } = reported;
  if (state === 'waiting' && current?.state === 'scheduled') state = 'scheduled';
  // A run that took everything back after a failure says that it was stopped; why is told by the step.
  if (state === 'failed' || state === 'stopped') {
    if (has('failed')) state = 'failed';
    else if (has('refused')) state = 'refused';
  }
  return { ...reported, state, steps };
}

/** States a run can report as its end although the engine completed it. */
const reportedEnds: readonly (RunState | undefined)[] = ['stopped', 'refused', 'failed'];

/**
 * The state of a run, from the engine's status and the run's own last report, classified: a run whose code never saw
 * its end (terminated, timed out) keeps its last progress.
 */
export function runStateOf(status: string, reported: Pick<Progress, 'state'> | null | undefined): RunState {
  switch (status) {
    case 'RUNNING':
    case 'PAUSED':
      return reported?.state ?? 'running';
    // The next run continues it.
    case 'CONTINUED_AS_NEW':
      return 'done';
    case 'COMPLETED':
      return reportedEnds.includes(reported?.state) ? (reported as Progress).state : 'done';
    case 'CANCELLED':
    case 'TERMINATED':
      return 'stopped';
    default:
      return reported?.state === 'refused' ? 'refused' : 'failed';
  }
}
