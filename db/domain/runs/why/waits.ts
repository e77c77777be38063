import type { WaitKind } from '../../progress.ts';
import type { Cause, PersonWait } from './cause.ts';
import type { RunFacts } from './facts.ts';

const codeOf = (waitingFor: WaitKind) => {
  if (waitingFor === 'owner') return 'waitsCustomer';
  return waitingFor === 'approver' ? 'waitsApproval' : 'waitsPerson';
};

/** What the run itself says it waits for: a person, an administrator's decision, or a time. */
export function waitCauses(run: RunFacts, { outside }: { outside: boolean }): Cause[] {
  const { state, step, error, next = null, waitingFor, canRemind = false } = run;
  const title = step?.title ?? null;
  if (state === 'scheduled') return next ? [{ code: 'timer', next }] : [];
  if (state === 'needsAttention') {
    if (outside) return [];
    const { code = '', message = null } = error ?? {};
    const canSkip = step?.canSkip ?? false;
    return [{ code: 'needsHelp', step: title, message, errorCode: code, canSkip }];
  }
  if (state !== 'waiting') return [];
  if (!waitingFor) {
    return [{ code: 'silent', step: title, since: step?.since ?? null, next, waiting: true }];
  }
  const wait: PersonWait = {
    waitingFor,
    step: title,
    pending: step?.pending ?? null,
    refusedWith: error?.message ?? null,
    next,
    canRemind,
  };
  return [{ code: codeOf(waitingFor), ...wait }];
}
