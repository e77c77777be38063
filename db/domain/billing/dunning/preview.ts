import type { AccessLevel } from '../subscriptions.ts';
import { applyDunningStep, nextDunningStep } from './plan.ts';
import type { DunningPolicy } from './policy.ts';
import type { DoneStep, DunningState, StepResult } from './state.ts';

/** A step as it will be, with what is assumed of it. */
export type PreviewStep = Omit<DoneStep, 'doneMs'> & { access: AccessLevel };

export interface Scenario {
  /** `nothingChanges`, or `worksOnTry` with the number of the try. */
  key: string;
  /** The try on which the card works; null where it never does. */
  worksOnTry: number | null;
  steps: PreviewStep[];
}

/** Far more steps than any policy makes. */
const mostSteps = 200;

function scenarioOf(policy: DunningPolicy, start: DunningState, worksOnTry: number | null): Scenario {
  const steps: PreviewStep[] = [];
  const { declineClass } = start;
  const failed =
    declineClass === 'gatewayDown' ? { unreachable: true as const } : { paid: false as const, declineClass };
  let state = start;
  for (let step = nextDunningStep(policy, state); step; step = nextDunningStep(policy, state)) {
    if (steps.length >= mostSteps) throw new Error('a dunning policy that never ends');
    const result: StepResult =
      step.kind !== 'retry' ? null : step.attempt === worksOnTry ? { paid: true } : failed;
    state = applyDunningStep(policy, state, step, result);
    steps.push({ ...step, result, access: state.over?.outcome === 'paid' ? 'full' : state.access });
  }
  return { key: worksOnTry === null ? 'nothingChanges' : `worksOnTry${worksOnTry}`, worksOnTry, steps };
}

/**
 * What will happen, by the functions that then do it: first if nothing changes and every try is refused for the same
 * reason, then if the card works on each of the tries.
 */
export function previewDunning(policy: DunningPolicy, state: DunningState): Scenario[] {
  const nothing = scenarioOf(policy, state, null);
  const tries = nothing.steps.flatMap(({ attempt }) => (attempt === undefined ? [] : [attempt]));
  return [nothing, ...tries.map((attempt) => scenarioOf(policy, state, attempt))];
}
