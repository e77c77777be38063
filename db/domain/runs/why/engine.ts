import type { Cause } from './cause.ts';
import type { RunFacts } from './facts.ts';

/** What keeps workers from this run; at most one of it, since each hides the next. */
export function engineCauses({ workerAvailable, queue, codeFailure, backlog }: RunFacts): Cause[] {
  if (workerAvailable === false) return [{ code: 'noWorker', queue: queue ?? null }];
  if (codeFailure) return [{ code: 'cannotReplay', nonDeterminism: codeFailure === 'nonDeterminism' }];
  return backlog ? [{ code: 'backlog', ...backlog }] : [];
}
