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
  /** Times the step was begun. */
  attempts: number;
  /** For whom the step waits, in words: "the owner", "an administrator". */
  waitingFor?: string;
  error?: StepError;
  /** What came of it, in a few words. */
  note?: string;
}

/** What a run tells about itself. Kept in the run's memo, so it is readable without a worker. */
export interface Progress {
  state: RunState;
  /** Key of the step the run stands at; null when it has ended. */
  currentStep: string | null;
  steps: StepProgress[];
  /** What happens next by itself, and when; ISO time. */
  next?: { what: string; at: string };
  /** ISO time of the last change. */
  changedAt: string;
}

/**
 * How a run stands, from what the engine says of it and what it last said of itself: a run whose code never saw its
 * end (terminated, timed out) keeps its last progress.
 */
export function runStateOf(status: string, said: Pick<Progress, 'state'> | null | undefined): RunState {
  switch (status) {
    case 'RUNNING':
    case 'PAUSED':
      return said?.state ?? 'running';
    case 'COMPLETED':
      return said?.state === 'stopped' ? 'stopped' : 'done';
    case 'CANCELLED':
    case 'TERMINATED':
      return 'stopped';
    default:
      return 'failed';
  }
}
