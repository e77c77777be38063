import type { DeclineClass } from '../payments.ts';
import type { AccessLevel } from '../subscriptions.ts';
import { allowedMoment, daysLater } from './moments.ts';
import type { DunningPolicy } from './policy.ts';
import {
  dunningKinds,
  type DunningMail,
  type DunningState,
  type DunningStep,
  type RetryReason,
  type StepResult,
} from './state.ts';

/** What the database says of a case at the moment, as far as it decides what comes next. */
export interface CaseFacts {
  invoice: 'open' | 'paid' | 'void' | 'uncollectible';
  cardId: string | null;
  nowMs: number;
}

interface FirstFailure {
  timezone: string;
  atMs: number;
  declineClass: DeclineClass;
  cardId: string | null;
}

const accessRank = ['full', 'restricted', 'suspended'] as const satisfies readonly AccessLevel[];
/** The strictest of several. */
export const strictest = (levels: readonly AccessLevel[]): AccessLevel =>
  accessRank.findLast((level) => levels.includes(level)) ?? 'full';

/** Adds a mail where the policy sends it: by day, but also on a weekend. */
function withMail(policy: DunningPolicy, state: DunningState, mail: DunningMail, atMs: number): DunningState {
  if (!policy.mails.includes(mail)) return state;
  const dueMs = allowedMoment({ ...policy, avoidWeekends: false }, state.timezone, atMs);
  // What was not sent yet is out of date.
  return { ...state, mails: [{ mail, atMs: dueMs }] };
}

/** A case as it begins: with a payment that failed. */
export function openCase(policy: DunningPolicy, failure: FirstFailure): DunningState {
  const { atMs, ...facts } = failure;
  const state: DunningState = {
    ...facts,
    ...{ startedMs: atMs, tries: 1, lastTryMs: atMs, access: 'full', extendedDays: 0 },
    charges: facts.declineClass === 'gatewayDown' ? 0 : 1,
    ...{ asked: null, givenUpMs: null, over: null, settled: false, mails: [], done: [] },
  };
  return withMail(policy, state, 'failed', atMs);
}

/** Notes what happened beside the case: money from elsewhere, an invoice taken back, a new card. */
export function observeCase(policy: DunningPolicy, state: DunningState, facts: CaseFacts): DunningState {
  if (state.over) return state;
  const { invoice, cardId, nowMs: atMs } = facts;
  if (invoice === 'paid') return endCase(policy, state, 'paid', atMs);
  if (invoice === 'void') return endCase(policy, state, 'voided', atMs);
  if (invoice === 'uncollectible') return endCase(policy, state, 'writtenOff', atMs);
  const isNewCard = cardId !== null && cardId !== state.cardId;
  return isNewCard ? askForTry({ ...state, cardId }, 'newCard', atMs) : state;
}

export const askForTry = (state: DunningState, reason: RetryReason, atMs: number): DunningState =>
  state.over ? state : { ...state, asked: { atMs, reason } };

/** Cancels and writes off without waiting for the end of the ladder. */
export const giveUp = (state: DunningState, atMs: number): DunningState =>
  state.over ? state : { ...state, givenUpMs: atMs };

/** Moves restriction, suspension and cancellation; what was taken away stays so. */
export const extendCase = (state: DunningState, days: number): DunningState => ({
  ...state,
  extendedDays: state.extendedDays + days,
});

function endCase(
  policy: DunningPolicy,
  state: DunningState,
  outcome: 'paid' | 'voided' | 'cancelled' | 'writtenOff',
  atMs: number,
): DunningState {
  const over = { outcome, atMs };
  // The step that cancels did all there is to do.
  const ended: DunningState = { ...state, over, settled: outcome === 'cancelled', asked: null, mails: [] };
  if (outcome === 'paid') return withMail(policy, ended, 'settled', atMs);
  return outcome === 'cancelled' ? withMail(policy, ended, 'cancelled', atMs) : ended;
}

/** The next try that no one has to ask for; null where there is none. */
function nextTry(policy: DunningPolicy, state: DunningState): number | null {
  const { tries, timezone, startedMs, lastTryMs, declineClass } = state;
  if (tries >= policy.maxTries) return null;
  const days = policy.retriesByClass[declineClass];
  const moments = days.map((day) => allowedMoment(policy, timezone, daysLater(timezone, startedMs, day)));
  return moments.find((atMs) => atMs > lastTryMs) ?? null;
}

/** When each rung of the ladder that is still ahead is reached. */
function ladder(policy: DunningPolicy, state: DunningState): DunningStep[] {
  const { timezone, startedMs, extendedDays, access } = state;
  const after = (days: number) =>
    allowedMoment(policy, timezone, daysLater(timezone, startedMs, days + extendedDays));
  const steps: DunningStep[] = [];
  if (access === 'full') steps.push({ kind: 'restrict', atMs: after(policy.restrictAfterDays) });
  if (access !== 'suspended') steps.push({ kind: 'suspend', atMs: after(policy.suspendAfterDays) });
  return [...steps, { kind: 'cancel', atMs: after(policy.cancelAfterDays) }];
}

/** All that is still ahead if nothing changes, the next first. */
function ahead(policy: DunningPolicy, state: DunningState): DunningStep[] {
  const mails = state.mails.map(({ mail, atMs }): DunningStep => ({ kind: 'mail', mail, atMs }));
  if (state.over) {
    const { atMs, outcome } = state.over;
    return state.settled ? mails : [{ kind: 'settled', atMs, outcome }, ...mails];
  }
  const attempt = state.tries + 1;
  const { asked, givenUpMs } = state;
  if (givenUpMs !== null) return [{ kind: 'cancel', atMs: givenUpMs, reason: 'givenUp' }];
  if (asked) return [{ kind: 'retry', attempt, atMs: asked.atMs, reason: asked.reason }];
  const atMs = nextTry(policy, state);
  return [
    ...(atMs === null ? [] : [{ kind: 'retry', attempt, atMs } as const]),
    ...ladder(policy, state),
    ...mails,
  ];
}

/** What comes next; null once all that follows from the end was done. */
export function nextDunningStep(policy: DunningPolicy, state: DunningState): DunningStep | null {
  const rank = ({ kind }: DunningStep) => dunningKinds.indexOf(kind);
  return ahead(policy, state).sort((a, b) => a.atMs - b.atMs || rank(a) - rank(b))[0] ?? null;
}

function afterTry(
  policy: DunningPolicy,
  state: DunningState,
  { atMs, reason }: DunningStep,
  result: NonNullable<StepResult>,
): DunningState {
  const lastTryMs = Math.max(atMs, state.lastTryMs);
  const tried = { ...state, asked: null, lastTryMs, tries: state.tries + 1 };
  if ('unreachable' in result) return { ...tried, declineClass: 'gatewayDown' };
  const counted = { ...tried, charges: state.charges + 1 };
  if (result.paid) return endCase(policy, counted, 'paid', atMs);
  const declined = { ...counted, declineClass: result.declineClass };
  // Who asked for the try has the answer already.
  return reason && reason !== 'newCard' ? declined : withMail(policy, declined, 'retryFailed', atMs);
}

/** The case after a step was done. Times follow from the plan, not from when it was done: a late worker delays nothing else. */
export function applyDunningStep(
  policy: DunningPolicy,
  before: DunningState,
  step: DunningStep,
  result: StepResult,
  doneMs: number = step.atMs,
): DunningState {
  const state = { ...before, done: [...before.done, { ...step, doneMs, result }] };
  const { atMs, kind } = step;
  switch (kind) {
    case 'retry':
      return result ? afterTry(policy, state, step, result) : state;
    case 'restrict':
      return withMail(policy, { ...state, access: 'restricted' }, 'restricted', atMs);
    case 'suspend':
      return withMail(policy, { ...state, access: 'suspended' }, 'suspended', atMs);
    case 'cancel':
      return endCase(policy, { ...state, access: 'suspended' }, 'cancelled', atMs);
    case 'mail':
      return { ...state, mails: state.mails.filter(({ mail }) => mail !== step.mail) };
    case 'settled':
      return { ...state, settled: true };
  }
}
