import type { Cause } from './cause.ts';
import type { RunFacts } from './facts.ts';

/** What a person has stopped, or the business has not paid. */
export function holdCauses({ frozen, paused, schedulePaused, billing }: RunFacts): Cause[] {
  const causes: Cause[] = [];
  if (frozen) causes.push({ code: 'frozen', hold: frozen, reach: frozen.reach });
  if (paused) causes.push({ code: 'paused', hold: paused });
  if (schedulePaused) causes.push({ code: 'schedulePaused', hold: schedulePaused });
  if (billing) causes.push({ code: 'billingBlocked', status: billing });
  return causes;
}
