import type { Progress, RunState, StepProgress } from '../../../db/domain/progress.ts';
import type { StuckRun } from '../../../db/repos/runs/attention.ts';
import type { Run, RunStep } from '../../../db/repos/runs/runs.ts';
import type { PendingActivity } from '../../kit/run-view/live.ts';
import { contracts } from '../../../workflows/contracts.ts';

import { stepTitle } from './names.ts';
import type { RunFacts } from '../../../db/domain/runs/why/facts.ts';

/** What the contract of a process declares about a step and what can be done for the person it waits for. */
function declared(process: string, step: string | null) {
  const contract = contracts[process];
  const { pending, skippable: canSkip = false } = contract?.steps.find(({ key }) => key === step) ?? {};
  return { canRemind: contract?.adminActions?.includes('remind') ?? false, step: { pending, canSkip } };
}

/** The step that holds a run up: the one that needs help, else the current one, else the one the run ended at. */
export function holdingStep({ steps, currentStep }: Progress): StepProgress | null {
  const find = (test: (step: StepProgress) => boolean) => steps.find(test) ?? null;
  return (
    find(({ state }) => state === 'needsAttention') ??
    find(({ key }) => key === currentStep) ??
    find(({ state }) => state === 'failed' || state === 'refused')
  );
}

/** The status of a run by what Temporal reports. */
export function statusOf(
  process: string,
  state: RunState,
  progress: Progress | null,
  pending: readonly PendingActivity[],
  workerAvailable = true,
): RunFacts {
  const step = progress && holdingStep(progress);
  const tried = [...pending].sort((a, b) => b.attempt - a.attempt)[0];
  const { canRemind, step: todo } = declared(process, step?.key ?? null);
  return {
    state,
    step: step && {
      key: step.key,
      title: stepTitle(process, step.key),
      state: step.state,
      since: step.since,
      ...todo,
    },
    canRemind,
    waitingFor: step?.waitingFor,
    error: step?.error,
    next: progress?.next,
    work: tried
      ? {
          attempt: tried.attempt,
          failure: tried.lastFailure?.message ?? null,
          code: tried.lastFailure?.code,
          nextTryAt: tried.nextTryAt,
          taken: tried.state === 'running',
        }
      : null,
    workerAvailable,
    queue: contracts[process]?.queue,
  };
}

/** The status of a run by what the projection knows. */
export function statusOfRow(row: StuckRun): RunFacts {
  const { process, state, step, stepState, since, errorCode, errorMessage, nextKind, nextAt } = row;
  const { canRemind, step: todo } = declared(process, step);
  return {
    runId: row.runId,
    tenantId: row.tenantId,
    state,
    step:
      step && stepState
        ? {
            key: step,
            title: stepTitle(process, step),
            state: stepState,
            since: since.toISOString(),
            ...todo,
          }
        : null,
    canRemind,
    waitingFor: row.waitingFor,
    error: errorMessage ? { code: errorCode ?? '', message: errorMessage } : null,
    next: nextKind && nextAt ? { kind: nextKind, at: nextAt.toISOString() } : null,
  };
}

/** The projection's rows in the shape in which a run reports its progress. */
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
    ...(run.nextKind && run.nextAt && { next: { kind: run.nextKind, at: run.nextAt.toISOString() } }),
    changedAt: run.changedAt.toISOString(),
  };
}
