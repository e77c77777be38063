import type { NextEvent, RunState, StepError, StepState, WaitKind } from '../../../db/domain/progress.ts';
import { helpers, sentence, waitNames, waitText, whyCopy } from '../../../templates/admin/runs/copy.ts';
import { durationText } from '../../../templates/ui/format.ts';
import { dayMs, minuteMs } from '../../../db/domain/time.ts';

/** The state of a run, as far as its sentence needs to know. */
export interface RunStatus {
  state: RunState;
  /** The step the run is at; null once it has ended. */
  step: {
    key: string;
    title: string;
    state: StepState;
    /** ISO time. */
    since: string;
    /** What is left to do, as the contract declares it: "choose a plan and enter a card". */
    pending?: string | undefined;
    /** Whether an administrator may skip it. */
    canSkip?: boolean;
  } | null;
  waitingFor?: WaitKind | null | undefined;
  error?: StepError | null | undefined;
  next?: NextEvent | null | undefined;
  /** Whether a reminder can be sent: the contract offers it. */
  canRemind?: boolean;
  /** The work under way, when it has been tried before or waits for a worker; only known from Temporal itself. */
  work?: { attempt: number; failure: string | null; nextTryAt: string | null; taken: boolean } | null;
  /** False when no worker polls. */
  workerAvailable?: boolean;
}

/** The one safe thing to do about it. */
export type SafeAction = 'remind' | 'retry';

export interface Why {
  /** One plain sentence or two. */
  text: string;
  tone: 'waiting' | 'attention' | 'failed' | 'running' | 'scheduled' | 'idle';
  action: SafeAction | null;
  /** Who can put it right. */
  ask: string | null;
}

/** Work that reports nothing for this long has stalled. */
export const silentAfterMs = 10 * minuteMs;
/** A shorter wait needs no attention. */
export const longWaitMs = 3 * dayMs;

const join = (...parts: string[]) => parts.filter(Boolean).join(' ');

/** How long until a moment, as text; null when it has come. */
function untilText(iso: string | null | undefined, nowMs: number): string | null {
  const inMs = iso ? Date.parse(iso) - nowMs : 0;
  return inMs > 0 ? durationText(inMs) : null;
}

const causeOf = (error: StepError | null | undefined) =>
  error ? sentence(error.message) : whyCopy.unknownCause;

/** What happens next without anyone doing anything. */
const thenOf = ({ next }: RunStatus, nowMs: number) =>
  next ? whyCopy.next(next.kind, untilText(next.at, nowMs)) : '';

function whyItWaits(run: RunStatus, nowMs: number): Why {
  const { step, error, waitingFor = null } = run;
  const then = thenOf(run, nowMs);
  const first =
    waitingFor === null
      ? whyCopy.silent(step?.title ?? whyCopy.aStep, step ? durationText(nowMs - Date.parse(step.since)) : '')
      : error
        ? whyCopy.refused(waitingFor, error.message, step?.title ?? '')
        : whyCopy.waits(waitingFor, step?.pending);
  return {
    text: join(first, then),
    tone: 'waiting',
    action: run.canRemind && waitingFor === 'owner' ? 'remind' : null,
    ask: waitingFor === null ? null : sentence(waitNames[waitingFor]).slice(0, -1),
  };
}

/** Who to turn to, by what failed. */
function askAbout(code: string): string {
  if (code.startsWith('payment.')) return helpers.payment;
  if (code.startsWith('mail.')) return helpers.mail;
  return code.startsWith('service.') ? helpers.platform : helpers.administrator;
}

function whyItNeedsHelp({ step, error }: RunStatus): Why {
  return {
    text: join(
      whyCopy.needsHelp(step?.title ?? whyCopy.aStep),
      causeOf(error),
      whyCopy.howToHelp(step?.canSkip ?? false),
    ),
    tone: 'attention',
    action: 'retry',
    ask: askAbout(error?.code ?? ''),
  };
}

function whyItRuns(run: RunStatus, nowMs: number): Why | null {
  const { work, step } = run;
  const title = step?.title ?? whyCopy.aStep;
  if (run.workerAvailable === false) {
    return { text: whyCopy.noWorker, tone: 'attention', action: null, ask: helpers.platform };
  }
  if (work && work.attempt > 1) {
    const again = work.taken ? whyCopy.retryingNow : whyCopy.retriesIn(untilText(work.nextTryAt, nowMs));
    const cause = work.failure ? sentence(work.failure) : '';
    const text = join(whyCopy.tried(work.attempt - 1, title), cause, again);
    return { text, tone: 'running', action: null, ask: null };
  }
  const silentMs = step ? nowMs - Date.parse(step.since) : 0;
  if (silentMs < silentAfterMs) return null;
  const text = whyCopy.silent(title, durationText(silentMs));
  return { text, tone: 'attention', action: null, ask: helpers.platform };
}

/** Why a run does not move, in plain words; null when it simply runs or has ended well. */
export function whyOf(run: RunStatus, nowMs: number = Date.now()): Why | null {
  switch (run.state) {
    case 'done':
      return null;
    case 'stopped':
      return { text: whyCopy.stopped, tone: 'idle', action: null, ask: null };
    case 'refused':
      return { text: whyCopy.wasRefused(causeOf(run.error)), tone: 'idle', action: null, ask: null };
    case 'failed':
      return { text: join(whyCopy.failed, causeOf(run.error)), tone: 'failed', action: null, ask: null };
    case 'needsAttention':
      return whyItNeedsHelp(run);
    case 'scheduled':
      return run.next ? { text: thenOf(run, nowMs), tone: 'scheduled', action: null, ask: null } : null;
    case 'waiting':
      return whyItWaits(run, nowMs);
    case 'running':
      return whyItRuns(run, nowMs);
  }
}

/** "Waiting for the owner": a state that waits, in a few words; undefined for every other. */
export function stateWords(state: RunState, waitingFor?: WaitKind | null): string | undefined {
  return state === 'waiting' && waitingFor ? waitText(waitingFor) : undefined;
}
