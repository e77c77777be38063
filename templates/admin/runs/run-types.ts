import type { NextEvent, RunState, StepNote, StepState, WaitKind } from '../../../db/domain/progress.ts';
import type { RefusedWork, WorkItem } from './acts/work-types.ts';
import type { IconName } from '../../ui/icon-names.ts';
import type { FormState } from '../../ui/form-state.tsx';
import type { StateOf } from '../../ui/status.ts';
import type { TenantRef } from '../../ui/tenant-link.tsx';

/** One run as the control room shows it; business words first. */
export interface RunHead {
  /** Id of this one execution; part of every address of the run. */
  id: string;
  /** What all executions of the same business share: "t:<tenant>:<process>:<key>". */
  workflowId: string;
  /** "Onboarding of Rivera Bakery". */
  title: string;
  processTitle: string;
  processName: string;
  state: RunState;
  /** "Waiting for the customer". */
  stateText: string;
  /** ISO time since which it is in this state. */
  since: string;
  startedAt: string;
  endedAt: string | null;
  tenant: TenantRef | null;
  startedBy: string;
  next: NextEvent | null;
  /** Times any step was tried beyond the first. */
  retries: number;
  /** Page of the results for each of many tenants, or of the template it runs; null without one. */
  results: { about: 'bulkOperation' | 'workflowTemplate'; href: string } | null;
}

/** One attempt of a step. */
export interface RunAttempt {
  number: number;
  startedAt: string;
  endedAt: string | null;
  state: StepState;
  /** Public sentence of the failure. */
  error?: string;
}

/** A time in which a step waited. */
export interface RunWait {
  state: Extract<StepState, 'waiting' | 'scheduled' | 'needsAttention'>;
  waitingFor: WaitKind | null;
  startedAt: string;
  endedAt: string | null;
}

export interface RunStep {
  key: string;
  title: string;
  /** The platform's own last step, left out of "step 3 of 8". */
  uncounted?: boolean;
  state: StateOf<'step'>;
  /** Replaces the word of the state: "Waiting for the owner". */
  word?: string;
  since: string | null;
  startedAt: string | null;
  endedAt: string | null;
  attempts: readonly RunAttempt[];
  waits: readonly RunWait[];
  /** When it is retried automatically; ISO time. */
  nextTryAt?: string;
  /** Cause in words, for a step that failed or needs attention. */
  cause?: string;
  /** Code of the error table. */
  code?: string;
  note?: StepNote;
  /** Who can put it right: "The owner of Rivera Bakery". */
  askWho?: string;
  /** What went into its work and came out; only of the chosen step, redacted. */
  data?: readonly { title: string; json: string }[];
}

/** `remind` and `extend` help the customer of an onboarding; the others steer any run. */
export type RunActionKind =
  | 'remind'
  | 'extend'
  | 'unpause'
  | 'retry-step'
  | 'skip-step'
  | 'fail-step'
  | 'pause'
  | 'replay'
  | 'cancel'
  | 'terminate';

/** Something the viewer may do now; the API leaves out what they may not. */
export interface RunAction {
  kind: RunActionKind;
  step?: { key: string; title: string };
  /** What happens. */
  happens: string;
  /** What stays as it is. */
  stays?: string;
  /** Titles of steps that will run again. */
  runsAgain?: readonly string[];
  /** Set: posts at once with this reason, without asking; for acts that cannot do harm. */
  oneClickReason?: string;
}

/** A run this one was made from by an administrator, or that was made from it. */
export interface RunRelative {
  title: string;
  /** What there is to say of it; a public sentence. */
  text?: string;
  /** ISO time. */
  at?: string;
  href: string;
}

/** An act that has a page of its own. */
export interface RunLink {
  title: string;
  /** What it is for, in a few words. */
  hint: string;
  icon: IconName;
  href: string;
  danger?: boolean;
}

/** A cause why nothing moves: one sentence, then what can be done. */
export interface WaitReason {
  /** "Waiting for the owner to choose a website. Nothing is wrong." */
  text: string;
  /** `needsAttention` and `failed` colour the box. */
  tone: 'waiting' | 'attention' | 'failed' | 'running' | 'scheduled' | 'idle';
  /** Who can put it right. */
  ask: string | null;
  /** The page where it is acted on; null where that is here, or only waiting helps. */
  link: { title: string; href: string } | null;
  /** Kinds of `actions` offered right here, best first. */
  offer: readonly RunActionKind[];
}

export interface HistoryEvent {
  id: string;
  at: string;
  /** In words: "Timer set for 24 h". */
  title: string;
  /** As the engine calls it: "TimerStarted". */
  type: string;
  detail?: string;
  /** Decoded and redacted; shown in the raw view. */
  json?: string;
  tone?: 'done' | 'failed' | 'waiting' | 'idle' | 'attention';
}

export interface RunAuditEntry {
  id: string;
  at: string;
  who: string;
  what: string;
  reason?: string;
}

export type RunTab =
  | { key: 'steps' }
  | {
      key: 'history';
      view: 'compact' | 'full' | 'raw';
      /** Null where it cannot be read at the moment. */
      events: readonly HistoryEvent[] | null;
      nextCursor: string | null;
    }
  | { key: 'data'; blocks: readonly { title: string; json: string }[] | null }
  | {
      key: 'related';
      runs: readonly { id: string; title: string; relation: string; state: RunState; startedAt: string }[];
    }
  | {
      key: 'work';
      /** Null where it cannot be read at the moment. */
      items: readonly WorkItem[] | null;
      refused?: RefusedWork | undefined;
    }
  | { key: 'audit'; entries: readonly RunAuditEntry[] | null }
  | {
      key: 'stack';
      /** `pending` asks for the fragment at `href`; `ended`: there is none any more; `unavailable`: no worker answers. */
      stack:
        | { state: 'pending'; href: string }
        | { state: 'loaded'; text: string }
        | { state: 'ended' | 'unavailable' };
    };

/** Filled after a refused action: its dialog opens again with what was typed. */
export interface RefusedAction {
  kind: RunActionKind;
  state: FormState;
}
