import { minuteMs } from '../../time.ts';
import type { Cause } from './cause.ts';
import type { RunFacts } from './facts.ts';

/** Work that reports nothing for this long has stalled. */
export const silentAfterMs = 10 * minuteMs;

/** What is the matter with the work under way: a child, tries that fail, or silence. */
export function workCauses(
  { state, step, work, child }: RunFacts,
  nowMs: number,
  { explained }: { explained: boolean },
): Cause[] {
  if (child) return [{ code: 'childStuck', ...child }];
  if (explained || state !== 'running') return [];
  const title = step?.title ?? null;
  if (work && work.attempt > 1) {
    const { attempt, failure, nextTryAt, taken } = work;
    return [{ code: 'retrying', step: title, failures: attempt - 1, message: failure, nextTryAt, taken }];
  }
  const silentMs = step ? nowMs - Date.parse(step.since) : 0;
  if (silentMs < silentAfterMs) return [];
  return [{ code: 'silent', step: title, since: step?.since ?? null, next: null, waiting: false }];
}
