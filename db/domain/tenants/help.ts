import { submittableSteps } from '../onboarding/steps.ts';
import type { RunState } from '../progress.ts';

/** Why help makes no sense for a setup; null where its owner is waited for. */
export function whyLeftOut(
  setup: { state: RunState; step: string | null } | null,
): 'setup.finished' | 'setup.not-waiting' | null {
  if (!setup || ['done', 'failed', 'stopped'].includes(setup.state)) return 'setup.finished';
  const isOwners = (submittableSteps as readonly (string | null)[]).includes(setup.step);
  return setup.state === 'waiting' && isOwners ? null : 'setup.not-waiting';
}
