import type { Cause } from './cause.ts';
import type { RunFacts } from './facts.ts';

/** Why a run ended as it did; null while it is open, and nothing where it ended well. */
export function endedCauses({ state, error }: RunFacts): Cause[] | null {
  switch (state) {
    case 'done':
      return [];
    case 'stopped':
      return [{ code: 'stopped' }];
    case 'failed':
    case 'refused':
      return [{ code: state, message: error?.message ?? null }];
    default:
      return null;
  }
}
