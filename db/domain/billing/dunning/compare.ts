import { hourMs } from '../../time.ts';
import type { Scenario } from './preview.ts';
import type { DoneStep, DunningState } from './state.ts';

/** What was otherwise than previewed. */
export const differenceCodes = [
  'paidElsewhere',
  'voided',
  'writtenOff',
  'newCard',
  'triedByHand',
  'extended',
  'givenUp',
  'otherAnswer',
  'otherTime',
  'late',
] as const;
export interface DunningDifference {
  code: (typeof differenceCodes)[number];
  /** From which step on; epoch milliseconds. */
  atMs: number;
}

/** A step that is done later than this after its time was late. */
const lateAfterMs = hourMs;

const sameStep = (one: Omit<DoneStep, 'doneMs'>, other: Omit<DoneStep, 'doneMs'>): boolean =>
  (['kind', 'atMs', 'mail', 'attempt', 'outcome'] as const).every((fact) => one[fact] === other[fact]);

const sameResult = (one: DoneStep['result'], other: DoneStep['result']): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function codeOf(step: DoneStep, planned: Omit<DoneStep, 'doneMs'> | undefined): DunningDifference['code'] {
  if (step.reason === 'newCard' || step.reason === 'givenUp') return step.reason;
  if (step.reason) return 'triedByHand';
  if (planned && sameStep(step, planned)) return 'otherAnswer';
  if (step.outcome === 'paid') return 'paidElsewhere';
  if (step.outcome === 'voided' || step.outcome === 'writtenOff') return step.outcome;
  return 'otherTime';
}

/** How many steps from the first on went as in a scenario. */
function agreement(done: readonly DoneStep[], { steps }: Scenario): number {
  const at = done.findIndex((step, index) => {
    const planned = steps[index];
    return !planned || !sameStep(step, planned) || !sameResult(step.result, planned.result);
  });
  return at < 0 ? done.length : at;
}

/** Whether a case went as one of the scenarios of its preview said; else what was otherwise first. */
export function compareWithPreview(
  { done, extendedDays }: Pick<DunningState, 'done' | 'extendedDays'>,
  scenarios: readonly Scenario[],
): DunningDifference | null {
  const [best] = scenarios
    .map((scenario) => ({ scenario, agrees: agreement(done, scenario) }))
    .sort((a, b) => b.agrees - a.agrees);
  if (!best) return null;
  const other = done[best.agrees];
  if (other) {
    const code = codeOf(other, best.scenario.steps[best.agrees]);
    return { code: code === 'otherTime' && extendedDays > 0 ? 'extended' : code, atMs: other.atMs };
  }
  const late = done.find(({ atMs, doneMs }) => doneMs - atMs > lateAfterMs);
  return late ? { code: 'late', atMs: late.atMs } : null;
}
