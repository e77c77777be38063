import type { ErrorCode } from '../../errors.ts';
import type { Cause } from './cause.ts';
import type { RunFacts } from './facts.ts';

type Outside = 'credentialsRevoked' | 'limitReached' | 'vendorDown';

/** Errors that name a cause outside the run: trying again helps only once that is gone. */
const outsideOf: Partial<Record<ErrorCode, Outside>> = {
  'connection.needs-reconnect': 'credentialsRevoked',
  'connection.missing': 'credentialsRevoked',
  'connection.incomplete': 'credentialsRevoked',
  'connection.refused': 'credentialsRevoked',
  'plan.limit-exceeded': 'limitReached',
  'tool.rate-limited': 'limitReached',
  'tool.circuit-open': 'vendorDown',
};

/** What the last failure says of a vendor, of the credentials for it, or of a limit. */
export function outsideCauses({ state, step, error, work }: RunFacts): Cause[] {
  const title = step?.title ?? null;
  const ofWork = work?.code && work.attempt > 1 ? outsideOf[work.code as ErrorCode] : undefined;
  if (ofWork) {
    const { failure, nextTryAt, taken } = work ?? {};
    return [
      {
        code: ofWork,
        step: title,
        message: failure ?? '',
        nextTryAt: taken ? null : (nextTryAt ?? null),
        parked: false,
      },
    ];
  }
  const ofStep = state === 'needsAttention' && error ? outsideOf[error.code as ErrorCode] : undefined;
  if (!ofStep || !error) return [];
  return [{ code: ofStep, step: title, message: error.message, nextTryAt: null, parked: true }];
}
