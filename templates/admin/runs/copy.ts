import type { NextKind, RunState, StepNote, StepState, WaitKind } from '../../../db/domain/progress.ts';
import type { RunActionKind } from './run-types.ts';
import { pauseCopy, replayCopy } from './acts/copy.ts';
import { countText } from '../../ui/format.ts';
import { statusOf } from '../../ui/status.ts';

/** For whom or what a run waits, in the middle of a sentence. */
export const waitNames: Record<WaitKind, string> = {
  owner: 'the owner',
  administrator: 'an administrator',
  approver: 'an approver',
  invitee: 'the invited person',
  connector: 'the person who connects the server',
  vendor: 'the vendor',
  schedule: 'its scheduled time',
};

/** What happens next; followed by when. */
export const nextLabels: Record<NextKind, string> = {
  reminder: 'The next reminder is sent',
  close: 'The run closes automatically',
  expiry: 'The request expires',
  escalation: 'More people are asked to decide',
  notice: 'The owners are notified',
  retire: 'The server is retired',
  purge: 'Old records are removed',
  check: 'The servers are checked again',
  renewal: 'The subscription’s next billing step',
  dunning: 'The next step to collect the invoice',
};

/** Leads to the page where a run's results are shown one by one. */
export const resultsTitles = {
  bulkOperation: 'View bulk operation',
  workflowTemplate: 'View template',
} as const;

/** The outcome of a step in a few words. */
export function noteText(note: StepNote): string {
  if (note.kind === 'problem') return note.message;
  if (note.kind === 'items') return `${note.settled} of ${note.total}`;
  const rows = countText(note.count, 'row', 'rows');
  return note.more ? `${rows} removed, more next time` : `${rows} removed`;
}

/** "Waiting for the owner". */
export const waitText = (waitingFor: WaitKind): string => `Waiting for ${waitNames[waitingFor]}`;

/** Capitalised and closed with a full stop; empty stays empty. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const started = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(started) || started === '' ? started : `${started}.`;
}

export const panelCopy = {
  ended: 'This run has ended.',
  download: 'Download JSON',
} as const;

export const stepCopy = {
  attempts: 'Attempts of the step',
  nextTry: 'Next attempt',
  askWho: (who: string) => `Who can help: ${who}.`,
  code: 'Error code',
  none: 'This run has no steps.',
  notYet: 'Not started',
} as const;

/** One attempt or wait, as the timeline names it. */
export interface SpanWords {
  kind: 'attempt' | 'wait';
  state: StepState;
  number?: number;
  error?: string;
  waitingFor?: WaitKind | null;
}

export const timelineCopy = {
  axis: 'Time',
  asTable: 'Timeline as a table',
  now: 'now',
  notBegun: 'No step has started yet. The first one starts as soon as a worker is free.',
  noTimes: 'The times of the steps aren’t available right now.',
  /** "Attempt 2: Failed. The card was declined." or "Waiting for the owner." */
  span: ({ kind, state, number, error, waitingFor }: SpanWords): string => {
    if (kind === 'wait') return sentence(waitingFor ? waitText(waitingFor) : statusOf('step', state).word);
    return `${sentence(`Attempt ${number}: ${statusOf('step', state).word}`)}${error ? ` ${sentence(error)}` : ''}`;
  },
  when: (from: string, to: string | null, duration: string): string =>
    to === null ? `Since ${from} (${duration}).` : `${from} to ${to} (${duration}).`,
  folds: (count: number): string =>
    count === 1
      ? 'Shaded time is folded, so it isn’t to scale:'
      : 'Shaded times are folded, so they aren’t to scale:',
  manyFolds: (count: number, total: string): string =>
    `Shaded times are folded, so they aren’t to scale: ${count} waits, ${total} in total.`,
  more: (count: number): string => `And ${count} more.`,
  fold: (duration: string, waitingFor: WaitKind | null): string =>
    waitingFor ? `${duration} waiting for ${waitNames[waitingFor]}` : `${duration} idle`,
} as const;

/** Heading of the box that tells why. */
export function whyTitle(state: RunState): string {
  if (state === 'refused') return 'Why was it refused?';
  if (state === 'stopped') return 'What happened?';
  if (state === 'scheduled') return 'What happens next?';
  return ['waiting', 'running'].includes(state) ? 'Why is it waiting?' : 'What went wrong?';
}

/** Tries of the work under way that failed, on the step's line. */
export const failedTries = (tries: number, message: string): string =>
  `${countText(tries, 'attempt', 'attempts')} failed: ${message}`;

/** What people read after an action. */
export const doneMessages: Record<RunActionKind, string> = {
  remind: 'The reminder is on its way.',
  extend: 'The deadline is extended.',
  'retry-step': 'Retrying the step.',
  'skip-step': 'The step is skipped. The run continues.',
  'fail-step': 'The step is failed.',
  pause: pauseCopy.pause.done,
  unpause: pauseCopy.unpause.done,
  replay: replayCopy.done,
  cancel: 'Cancellation requested. The run ends once it has undone its work.',
  terminate: 'The run is terminated.',
};

/** The buttons of actions and of the dialogs that ask for the reason. */
export const actionButtons = {
  'retry-step': { button: 'Retry step', title: (what: string) => `Retry “${what}”`, submit: 'Retry step' },
  'skip-step': { button: 'Skip step', title: (what: string) => `Skip “${what}”`, submit: 'Skip step' },
  'fail-step': { button: 'Fail step', title: (what: string) => `Fail “${what}”`, submit: 'Fail step' },
  cancel: { button: 'Cancel', title: (what: string) => `Cancel ${what}`, submit: 'Cancel run' },
  terminate: { button: 'Terminate', title: (what: string) => `Terminate ${what}`, submit: 'Terminate run' },
} as const;

/** A button that asks first. */
export const asks = (button: string): string => (button.endsWith('…') ? button : `${button}…`);
export const inRun = (title: string, run: string): string => `${title} in ${run}`;
/** Before the titles of steps. */
export const runsAgain = 'Runs again:';

/** What each action does, said before it is done. */
export const actionCopy = {
  notOffered: 'This run doesn’t wait for a person who can be reminded.',
  retry: { happens: 'The step is retried immediately.', oneClickReason: 'Retried from the run page' },
  skip: { happens: 'The run continues without this step.', stays: 'Everything entered so far stays.' },
  handBack: { happens: 'The step is handed back to the customer, who can submit it again.' },
  fail: { happens: 'The step fails, and the run ends with it.' },
  cancel: {
    happens: 'The run stops at the next safe moment and undoes its work.',
    stays: 'The history and the audit log stay.',
  },
  terminate: {
    happens: 'The run stops immediately and undoes nothing. Use it only when cancelling doesn’t work.',
    stays: 'Whatever it has done so far stays as it is.',
  },
} as const;

/** Starting a process by hand. */
export const triggerCopy = {
  happens: 'It starts immediately. You’re taken to its run.',
  started: 'The process has started.',
  notMember: 'This person doesn’t belong to the tenant.',
} as const;

/** Fields of a process that take a name instead of an id. */
export const pickCopy = {
  tenantId: {
    label: 'Tenant',
    help: 'Type the name or the id.',
    choose: 'Choose a tenant',
    matches: (found: number) =>
      found === 0 ? 'No tenant matches. Check the name.' : `${found} tenants match. Choose one.`,
  },
  userId: {
    label: 'Person',
    help: 'Type the name, email address or id of a person of this tenant.',
    choose: 'Choose a person',
    matches: (found: number) =>
      found === 0
        ? 'No person of this tenant matches. Check the name.'
        : `${found} people match. Choose one.`,
  },
} as const;
