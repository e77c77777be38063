import type { NextEvent, RunState, StepError, StepState, WaitKind } from '../../progress.ts';
import type { FreezeReach } from '../../tenants/freeze.ts';
import type { BacklogFacts, Cause, Hold } from './cause.ts';

/** The work under way, when it has been tried before or waits for a worker; only known from Temporal itself. */
export interface WorkFacts {
  attempt: number;
  /** Public sentence. */
  failure: string | null;
  /** Its code of the error table. */
  code?: string | undefined;
  nextTryAt: string | null;
  /** Whether a worker is at it. */
  taken: boolean;
}

/** All that is known of a run, as far as why it doesn't move. What a caller can't know is left out. */
export interface RunFacts {
  runId?: string;
  tenantId?: string;
  state: RunState;
  /** The step the run is at; null once it has ended. */
  step: {
    key: string;
    title: string;
    state: StepState;
    /** ISO time. */
    since: string;
    /** What is left to do, as the contract declares it: "choose a plan and enter a card". */
    pending?: string | undefined;
    /** Whether an administrator may skip it. */
    canSkip?: boolean;
  } | null;
  waitingFor?: WaitKind | null | undefined;
  error?: StepError | null | undefined;
  next?: NextEvent | null | undefined;
  /** Whether a reminder can be sent: the contract offers it. */
  canRemind?: boolean;
  work?: WorkFacts | null;
  /** False when no worker polls. */
  workerAvailable?: boolean;
  /** Task queue of the process. */
  queue?: string | undefined;
  /** Set while the code of the workflow itself fails on this run; `nonDeterminism` when it doesn't match the history. */
  codeFailure?: 'nonDeterminism' | 'error' | null;
  /** Set while this run waits for a worker that is busy with the work of others. */
  backlog?: BacklogFacts | null;
  /** The tenant or the platform. */
  frozen?: (Hold & { reach?: FreezeReach }) | null;
  paused?: Hold | null;
  /** The schedule that starts this run, or that it waits for. */
  schedulePaused?: Hold | null;
  billing?: 'pastDue' | 'restricted' | 'suspended' | null;
  /** The run it waits for, where that one is stuck. */
  child?: { runId: string; title: string; cause: Cause } | null;
}
