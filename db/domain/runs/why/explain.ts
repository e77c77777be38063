import { type Cause, causeCodes } from './cause.ts';
import { endedCauses } from './ended.ts';
import { engineCauses } from './engine.ts';
import type { RunFacts } from './facts.ts';
import { holdCauses } from './holds.ts';
import { outsideCauses } from './outside.ts';
import { waitCauses } from './waits.ts';
import { workCauses } from './work.ts';

/** The causes in the order in which they have to be mended. */
export const inOrder = (causes: readonly Cause[]): Cause[] =>
  [...causes].sort((a, b) => causeCodes.indexOf(a.code) - causeCodes.indexOf(b.code));

/**
 * Why a run doesn't move, what must be mended first coming first; empty when it simply runs or has ended well. What
 * merely follows from a cause is no cause: no retries while no worker polls, no silence while it is paused.
 */
export function explainRun(run: RunFacts, nowMs: number): Cause[] {
  const ended = endedCauses(run);
  if (ended) return ended;
  const above = [...holdCauses(run), ...engineCauses(run)];
  const outside = above.length > 0 && run.state === 'running' ? [] : outsideCauses(run);
  const explained = above.length + outside.length > 0;
  return inOrder([
    ...above,
    ...outside,
    ...workCauses(run, nowMs, { explained }),
    ...waitCauses(run, { outside: outside.length > 0 }),
  ]);
}
