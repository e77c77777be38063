import { comingChoices, type ComingStep } from '../../../db/domain/onboarding/coming.ts';
import type { StepProgress } from '../../../db/domain/progress.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import { type StateOf, waitsFor } from '../../../templates/ui/status.ts';
import type { RequestContext } from '../../kit/context.ts';

/** The steps of a tenant's onboarding whose choice is stored while the system behind it isn't built. */
export async function readComing(context: RequestContext, tenantId: string): Promise<readonly ComingStep[]> {
  return comingChoices(await context.deps.db.inScope(context.overview(), (tx) => choices.list(tx, tenantId)));
}

/** How a step of an onboarding is shown: one that is done, with nothing set up yet, never as done. */
export function shownStep(
  { key, state }: Pick<StepProgress, 'key' | 'state'>,
  coming: readonly ComingStep[],
): { state: StateOf<'step'>; word?: string } {
  const step = coming.find((candidate) => candidate === key);
  return state === 'done' && step ? { state: 'coming', word: waitsFor(step) } : { state };
}
