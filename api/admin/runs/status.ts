import type { Progress, RunState, StepProgress } from '../../../db/domain/progress.ts';
import type { StuckRun } from '../../../db/repos/runs/attention.ts';
import type { Run, RunStep } from '../../../db/repos/runs/runs.ts';
import type { PendingActivity } from '../../kit/run-view/live.ts';
import { stepTitle } from '../shared/names.ts';
import type { RunStatus } from './why.ts';

/** The step that holds a run up: the one that needs help, else the one it stands at, else the one that failed. */
export function holdingStep({ steps, currentStep }: Progress): StepProgress | null {
  const find = (test: (step: StepProgress) => boolean) => steps.find(test) ?? null;
  return (
    find(({ state }) => state === 'needsAttention') ??
    find(({ key }) => key === currentStep) ??
    find(({ state }) => state === 'failed')
  );
}

/** Where a run stands by what Temporal says of it. */
export function statusOf(
  process: string,
  state: RunState,
  progress: Progress | null,
  pending: readonly PendingActivity[],
  workerAvailable = true,
): RunStatus {
  const step = progress && holdingStep(progress);
  const tried = [...pending].sort((a, b) => b.attempt - a.attempt)[0];
  return {
    process,
    state,
    step: step && {
      key: step.key,
      title: stepTitle(process, step.key),
      state: step.state,
      since: step.since,
    },
    waitingFor: step?.waitingFor,
    error: step?.error,
    next: progress?.next,
    work: tried
      ? {
          attempt: tried.attempt,
          failure: tried.lastFailure?.message ?? null,
          nextTryAt: tried.nextTryAt,
          taken: tried.state === 'running',
        }
      : null,
    workerAvailable,
  };
}

/** Where a run stands by what the projection says of it. */
export function statusOfRow(row: StuckRun): RunStatus {
  const { process, state, step, stepState, since, errorCode, errorMessage, nextWhat, nextAt } = row;
  return {
    process,
    state,
    step:
      step && stepState
        ? { key: step, title: stepTitle(process, step), state: stepState, since: since.toISOString() }
        : null,
    waitingFor: row.waitingFor,
    error: errorMessage ? { code: errorCode ?? '', message: errorMessage } : null,
    next: nextWhat && nextAt ? { what: nextWhat, at: nextAt.toISOString() } : null,
  };
}

/** The projection's rows in the shape in which a process tells of itself. */
export function progressOfRow(run: Run, steps: readonly RunStep[]): Progress {
  return {
    state: run.state,
    currentStep: run.currentStep,
    steps: steps.map((step) => ({
      key: step.step,
      state: step.state,
      since: step.since.toISOString(),
      attempts: step.attempts,
      ...(step.waitingFor && { waitingFor: step.waitingFor }),
      ...(step.errorMessage && { error: { code: step.errorCode ?? '', message: step.errorMessage } }),
    })),
    ...(run.nextWhat && run.nextAt && { next: { what: run.nextWhat, at: run.nextAt.toISOString() } }),
    changedAt: run.changedAt.toISOString(),
  };
}
