import {
  condition,
  defineQuery,
  defineUpdate,
  isCancellation,
  makeContinueAsNewFunc,
  setHandler,
  upsertMemo,
  upsertSearchAttributes,
  type Workflow,
  workflowInfo,
} from '@temporalio/workflow';
import type { NextKind, Progress, RunState, StepProgress, StepState } from '../../db/domain/progress.ts';
import type { ProcessDeclaration, StepOf } from '../define.ts';
import { searchAttributes } from '../search-attributes.ts';
import { db } from './profiles.ts';
import type { AdminAction, StepActionInput } from './admin-actions.ts';
import { describeFailure, fail, notParked } from './failures.ts';

/** What the administrator's three actions do; a process with its own idea of a step overrides them. */
export interface AdminActionHandler {
  /** Throws when the action makes no sense for the step now. */
  validate(action: AdminAction, step: string): void;
  run(action: AdminAction, step: string): void;
}

export interface ProgressTracker<Key extends string> {
  /** The progress as it is now; read it, change it through the methods. */
  snapshot: Progress;
  stepOf(key: Key): StepProgress;
  /** Puts a step into a state; `change` adds for whom it waits, its error or its outcome. */
  set(key: Key, state: StepState, change?: Pick<StepProgress, 'waitingFor' | 'error' | 'note'>): void;
  /**
   * What happens next without anyone doing anything, and when (milliseconds), and when the run closes where it does so
   * in the end; null: nothing.
   */
  setNext(next: { kind: NextKind; atMs: number; closesAtMs?: number } | null): void;
  /** Runs a step; when it fails for good, waits for an administrator to retry, skip or fail it. */
  step<T>(key: Key, run: () => Promise<T>): Promise<T | undefined>;
  /** Marks every step that is not done as skipped. */
  skipRest(): void;
  /** Continues in a new run, which shows this progress until its first turn: what a memo gained is not carried over. */
  continueAsNew<F extends Workflow>(...input: Parameters<F>): Promise<never>;
  /** Ends the run: no current step, this state. */
  finish(state: Extract<RunState, 'done' | 'failed' | 'stopped'>): void;
  /** Replaces what the administrator's actions do. */
  overrideAdminActions(own: (parked: AdminActionHandler) => AdminActionHandler): void;
}

/**
 * Keeps the progress that pages read. It travels in the memo, which is encrypted and readable without a worker,
 * and a few search attributes, by which lists find it; both are written once per turn, however much changed.
 */
export function trackProgress<P extends ProcessDeclaration>(
  keys: readonly StepOf<P>[],
): ProgressTracker<StepOf<P>> {
  type Key = StepOf<P>;
  const now = () => new Date().toISOString();
  const snapshot: Progress = {
    state: 'running',
    currentStep: keys[0] ?? null,
    steps: keys.map((key) => ({ key, state: 'upcoming', since: now(), attempts: 0 })),
    changedAt: now(),
  };
  let publishing = false;
  let ended: RunState | null = null;

  function of(key: Key): StepProgress {
    const step = snapshot.steps.find((candidate) => candidate.key === key);
    if (!step) throw new Error(`no step ${key}`);
    return step;
  }

  function summarise(): void {
    const current = snapshot.steps.find((step) => step.state !== 'done' && step.state !== 'skipped');
    snapshot.currentStep = ended ? null : (current?.key ?? null);
    if (ended) snapshot.state = ended;
    else if (snapshot.steps.some((step) => step.state === 'needsAttention'))
      snapshot.state = 'needsAttention';
    else snapshot.state = current?.state === 'waiting' ? 'waiting' : 'running';
  }

  function publish(): void {
    summarise();
    snapshot.changedAt = now();
    if (publishing) return;
    publishing = true;
    // Everything that changes in this turn of the workflow is published together, at its end.
    void Promise.resolve().then(() => {
      publishing = false;
      upsertMemo({ progress: snapshot });
      upsertSearchAttributes([
        { key: searchAttributes.step, value: snapshot.currentStep ?? 'ended' },
        { key: searchAttributes.state, value: snapshot.state },
        { key: searchAttributes.needsAttention, value: snapshot.state === 'needsAttention' },
        { key: searchAttributes.changedAt, value: new Date(snapshot.changedAt) },
      ]);
    });
  }

  function set(
    key: Key,
    state: StepState,
    change: Pick<StepProgress, 'waitingFor' | 'error' | 'note'> = {},
  ): void {
    const step = of(key);
    // Setting a running step to running again is no second attempt.
    if (state === 'running' && step.state !== 'running') step.attempts += 1;
    if (step.state !== state) step.since = now();
    step.state = state;
    delete step.waitingFor;
    delete step.error;
    delete step.note;
    Object.assign(step, change);
    publish();
  }

  const requested = new Map<string, AdminAction>();
  const parked: AdminActionHandler = {
    validate(_action, step) {
      if (of(step).state !== 'needsAttention') fail('step.not-open', notParked);
    },
    run: (action, step) => void requested.set(step, action),
  };
  let handler = parked;

  setHandler(defineQuery<Progress>('progress'), () => snapshot, { description: 'How far the process is' });
  for (const action of ['retryStep', 'skipStep', 'failStep'] as const) {
    setHandler(
      defineUpdate<null, [StepActionInput]>(action),
      async ({ step, reason, by }) => {
        await db.recordAdminAction({ action, step, reason, by, tenantId: tenantOf() });
        handler.run(action, step);
        return null;
      },
      {
        validator: ({ step }: StepActionInput) => {
          if (ended) fail('run.ended');
          if (!snapshot.steps.some((candidate) => candidate.key === step)) fail('step.not-found');
          handler.validate(action, step);
        },
      },
    );
  }

  return {
    snapshot,
    stepOf: of,
    set,
    setNext(next) {
      const iso = (ms: number) => new Date(ms).toISOString();
      if (next) {
        const { kind, atMs, closesAtMs } = next;
        snapshot.next = {
          kind,
          at: iso(atMs),
          ...(closesAtMs !== undefined && { closesAt: iso(closesAtMs) }),
        };
      } else delete snapshot.next;
      publish();
    },
    async step(key, run) {
      for (;;) {
        set(key, 'running');
        try {
          const result = await run();
          set(key, 'done');
          return result;
        } catch (error) {
          if (isCancellation(error)) throw error;
          set(key, 'needsAttention', { waitingFor: 'administrator', error: describeFailure(error) });
          await condition(() => requested.has(key));
          const action = requested.get(key);
          requested.delete(key);
          if (action === 'retryStep') continue;
          if (action === 'skipStep') {
            set(key, 'skipped');
            return undefined;
          }
          set(key, 'failed', { error: describeFailure(error) });
          ended = 'failed';
          publish();
          throw error;
        }
      }
    },
    skipRest() {
      for (const { key, state } of snapshot.steps) if (state !== 'done') set(key as Key, 'skipped');
    },
    continueAsNew: <F extends Workflow>(...input: Parameters<F>) =>
      makeContinueAsNewFunc<F>({ memo: { progress: snapshot } })(...input),
    finish(state) {
      ended = state;
      delete snapshot.next;
      publish();
    },
    overrideAdminActions: (own) => void (handler = own(parked)),
  };
}

/** The tenant of this run, from its id `t:<tenant>:<process>:<key>`. */
export function tenantOf(): string {
  return workflowInfo().workflowId.split(':')[1] ?? '';
}
