import type { OnboardingStep } from '../../../db/domain/onboarding/steps.ts';
import type { RunState, StepError, StepState } from '../../../db/domain/progress.ts';
import { durationText } from '../../../templates/ui/format.ts';

/** Where a run stands, as far as its sentence needs to know. */
export interface RunStatus {
  process: string;
  state: RunState;
  /** The step it stands at; null once it has ended. */
  step: { key: string; title: string; state: StepState; since: string } | null;
  waitingFor?: string | null | undefined;
  error?: StepError | null | undefined;
  /** What happens next by itself; ISO time. */
  next?: { what: string; at: string } | null | undefined;
  /** The work under way, when it has been tried before or waits for a worker; only known from Temporal itself. */
  work?: { attempt: number; failure: string | null; nextTryAt: string | null; taken: boolean } | null;
  /** False when nobody takes up work. */
  workerAvailable?: boolean;
}

/** The one safe thing to do about it. */
export type SafeAction = 'remind' | 'retry';

export interface Why {
  /** One plain sentence or two. */
  text: string;
  tone: 'waiting' | 'attention' | 'failed' | 'running';
  action: SafeAction | null;
  /** Who can put it right. */
  ask: string | null;
}

/** Work that says nothing for this long has stalled. */
export const silentAfterMs = 10 * 60_000;
/** Waiting shorter than this is nobody's business. */
export const longWaitMs = 3 * 86_400_000;

/** What the owner has left to do at each step of the set-up. */
const ownerHasNot: Record<OnboardingStep, string> = {
  account: 'opened the account',
  profile: 'filled in the business profile',
  plan: 'chosen a plan and a card',
  tools: 'chosen tools',
  website: 'chosen a website',
  analytics: 'said which analytics to connect',
  agents: 'chosen agents',
  review: 'reviewed the choices and gone live',
};

const sentence = (text: string) => {
  const trimmed = text.trim();
  const started = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(started) || started === '' ? started : `${started}.`;
};

/** "A reminder goes out in 18 h." */
function nextSentence({ next }: RunStatus, nowMs: number): string {
  if (!next) return '';
  const inMs = Date.parse(next.at) - nowMs;
  return inMs > 0
    ? sentence(`${next.what} in ${durationText(inMs)}`)
    : sentence(`${next.what} any moment now`);
}

const join = (...parts: string[]) => parts.filter(Boolean).join(' ');

function whyItWaits(run: RunStatus, nowMs: number): Why {
  const { step, error, process } = run;
  const by = run.waitingFor ?? 'somebody';
  const next = nextSentence(run, nowMs);
  const isSetUp = process === 'onboard-tenant' && step !== null && step.key in ownerHasNot;
  const action = isSetUp ? ('remind' as const) : null;
  if (error) {
    const text = join(
      sentence(`${by} was told: “${error.message}”`),
      `Nobody has tried “${step?.title ?? ''}” again since.`,
      next,
    );
    return { text, tone: 'waiting', action, ask: sentence(by).slice(0, -1) };
  }
  const open = isSetUp ? ownerHasNot[step.key as OnboardingStep] : 'answered';
  return {
    text: join(sentence(`${by} has not ${open} yet`), 'Nothing is broken.', next),
    tone: 'waiting',
    action,
    ask: sentence(by).slice(0, -1),
  };
}

/** Who to turn to, by what failed. */
function askAbout(code: string): string {
  if (code.startsWith('payment.')) return 'Whoever looks after the payment provider';
  if (code.startsWith('mail.')) return 'Whoever looks after the mail server';
  if (code.startsWith('service.')) return 'Whoever runs the platform';
  return 'An administrator';
}

function whyItNeedsHelp({ step, error }: RunStatus): Why {
  const what = step ? `“${step.title}”` : 'A step';
  const cause = error ? sentence(error.message) : 'The cause is not known.';
  return {
    text: join(
      `${what} did not succeed.`,
      cause,
      'It goes on when somebody tries again, skips it or gives it up.',
    ),
    tone: 'attention',
    action: 'retry',
    ask: askAbout(error?.code ?? ''),
  };
}

function whyItRuns(run: RunStatus, nowMs: number): Why | null {
  const { work, step } = run;
  if (run.workerAvailable === false) {
    const text = 'No worker is there to do the work. It goes on by itself as soon as one is back.';
    return { text, tone: 'attention', action: null, ask: 'Whoever runs the platform' };
  }
  if (work && work.attempt > 1) {
    const untilMs = work.nextTryAt ? Date.parse(work.nextTryAt) - nowMs : 0;
    const tries = work.attempt - 1;
    const failed = tries === 1 ? 'One try' : `${tries} tries`;
    const again = work.taken
      ? 'It is being tried again right now.'
      : untilMs > 0
        ? `It is tried again by itself in ${durationText(untilMs)}.`
        : 'It is tried again by itself any moment now.';
    const cause = work.failure ? sentence(work.failure) : '';
    const text = join(`${failed} of “${step?.title ?? 'this step'}” did not succeed.`, cause, again);
    return { text, tone: 'running', action: null, ask: null };
  }
  const silentMs = step ? nowMs - Date.parse(step.since) : 0;
  if (silentMs < silentAfterMs) return null;
  const text = `“${step?.title ?? 'A step'}” has been running for ${durationText(silentMs)}, which is longer than it should.`;
  return { text, tone: 'attention', action: null, ask: 'Whoever runs the platform' };
}

/** Why a run does not go on, in plain words; null when it simply runs or has ended well. */
export function whyOf(run: RunStatus, nowMs: number = Date.now()): Why | null {
  switch (run.state) {
    case 'done':
      return null;
    case 'stopped':
      return { text: 'It was stopped before it was finished.', tone: 'failed', action: null, ask: null };
    case 'failed': {
      const cause = run.error ? sentence(run.error.message) : 'The cause is not known.';
      return { text: join('It has ended without success.', cause), tone: 'failed', action: null, ask: null };
    }
    case 'needsAttention':
      return whyItNeedsHelp(run);
    case 'waiting':
      return whyItWaits(run, nowMs);
    case 'running':
      return whyItRuns(run, nowMs);
  }
}

/** "Waits for the owner", "Needs attention": the state of a run in a few words. */
export function stateWords(state: RunState, waitingFor?: string | null): string | undefined {
  return state === 'waiting' && waitingFor ? `Waiting for ${waitingFor}` : undefined;
}
