import {
  condition,
  defineQuery,
  defineUpdate,
  isCancellation,
  setHandler,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { Progress, RunState, StepProgress, StepState } from '../../db/domain/progress.ts';
import type { ProcessDeclaration, StepOf } from '../define.ts';
import { db } from './profiles.ts';
import type { AdminAction, StepActionInput } from './admin-actions.ts';
import { describeFailure, fail } from './failures.ts';

const attributes = {
  step: defineSearchAttributeKey('Step', SearchAttributeType.KEYWORD),
  state: defineSearchAttributeKey('State', SearchAttributeType.KEYWORD),
  needsAttention: defineSearchAttributeKey('NeedsAttention', SearchAttributeType.BOOL),
  changedAt: defineSearchAttributeKey('ChangedAt', SearchAttributeType.DATETIME),
};

/** How a story treats the administrator's three orders; a process with its own idea of a step replaces them. */
export interface AdminActionHandler {
  /** Throws when the order makes no sense for the step now. */
  validate(order: AdminAction, step: string): void;
  run(order: AdminAction, step: string): void;
}

export interface ProgressTracker<Key extends string> {
  progress: Progress;
  stepOf(key: Key): StepProgress;
  /** Puts a step into a state; `change` adds for whom it waits, what went wrong or what came of it. */
  set(key: Key, state: StepState, change?: Pick<StepProgress, 'waitingFor' | 'error' | 'note'>): void;
  /** Says what happens next by itself, and when (milliseconds). */
  setNext(next: { what: string; atMs: number } | null): void;
  /** Does a step; when it cannot be done, waits for an administrator to retry, skip or give up. */
  step<T>(key: Key, run: () => Promise<T>): Promise<T | undefined>;
  /** Ends the story: no current step, this state. */
  finish(state: Extract<RunState, 'done' | 'failed' | 'stopped'>): void;
  /** Replaces what the administrator's orders do. */
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
  const progress: Progress = {
    state: 'running',
    currentStep: keys[0] ?? null,
    steps: keys.map((key) => ({ key, state: 'upcoming', since: now(), attempts: 0 })),
    changedAt: now(),
  };
  let publishing = false;
  let ended: RunState | null = null;

  function of(key: Key): StepProgress {
    const step = progress.steps.find((candidate) => candidate.key === key);
    if (!step) throw new Error(`no step ${key}`);
    return step;
  }

  function summarise(): void {
    const current = progress.steps.find((step) => step.state !== 'done' && step.state !== 'skipped');
    progress.currentStep = ended ? null : (current?.key ?? null);
    if (ended) progress.state = ended;
    else if (progress.steps.some((step) => step.state === 'needsAttention'))
      progress.state = 'needsAttention';
    else progress.state = current?.state === 'waiting' ? 'waiting' : 'running';
  }

  function publish(): void {
    summarise();
    progress.changedAt = now();
    if (publishing) return;
    publishing = true;
    // Everything that changes in this turn of the workflow is published together, at its end.
    void Promise.resolve().then(() => {
      publishing = false;
      upsertMemo({ progress });
      upsertSearchAttributes([
        { key: attributes.step, value: progress.currentStep ?? 'ended' },
        { key: attributes.state, value: progress.state },
        { key: attributes.needsAttention, value: progress.state === 'needsAttention' },
        { key: attributes.changedAt, value: new Date(progress.changedAt) },
      ]);
    });
  }

  function set(
    key: Key,
    state: StepState,
    change: Pick<StepProgress, 'waitingFor' | 'error' | 'note'> = {},
  ): void {
    const step = of(key);
    // What is said again of a step that runs already is no second try.
    if (state === 'running' && step.state !== 'running') step.attempts += 1;
    if (step.state !== state) step.since = now();
    step.state = state;
    delete step.waitingFor;
    delete step.error;
    delete step.note;
    Object.assign(step, change);
    publish();
  }

  const orders = new Map<string, AdminAction>();
  const parked: AdminActionHandler = {
    validate(_order, step) {
      if (of(step).state !== 'needsAttention') fail('step.not-open', 'This step does not wait for help.');
    },
    run: (order, step) => void orders.set(step, order),
  };
  let control = parked;

  setHandler(defineQuery<Progress>('progress'), () => progress, { description: 'How far the process is' });
  for (const order of ['retryStep', 'skipStep', 'failStep'] as const) {
    setHandler(
      defineUpdate<null, [StepActionInput]>(order),
      async ({ step, reason, by }) => {
        await db.recordStepOrder({ order, step, reason, by, tenantId: tenantOf() });
        control.run(order, step);
        return null;
      },
      {
        validator: ({ step }: StepActionInput) => {
          if (ended) fail('run.ended', 'This process has ended.');
          if (!progress.steps.some((candidate) => candidate.key === step))
            fail('step.not-found', 'There is no such step.');
          control.validate(order, step);
        },
      },
    );
  }

  return {
    progress,
    stepOf: of,
    set,
    setNext(next) {
      if (next) progress.next = { what: next.what, at: new Date(next.atMs).toISOString() };
      else delete progress.next;
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
          set(key, 'needsAttention', { waitingFor: 'an administrator', error: describeFailure(error) });
          await condition(() => orders.has(key));
          const order = orders.get(key);
          orders.delete(key);
          if (order === 'retryStep') continue;
          if (order === 'skipStep') {
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
    finish(state) {
      ended = state;
      delete progress.next;
      publish();
    },
    overrideAdminActions: (own) => void (control = own(parked)),
  };
}

/** The tenant a run belongs to, from its id `t:<tenant>:<process>:<key>`. */
export function tenantOf(): string {
  return workflowInfo().workflowId.split(':')[1] ?? '';
}
