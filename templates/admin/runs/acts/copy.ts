import type { RunActionKind } from '../run-types.ts';
import type { WorkAction } from './work-types.ts';

/** Pausing a run and its work. */
export const pauseCopy = {
  pause: {
    button: 'Pause',
    title: (what: string) => `Pause ${what}`,
    submit: 'Pause run',
    happens: 'The run and its work stop at the next safe moment, and nothing more is started.',
    stays: 'Timers keep counting: what fell due is done as soon as the run is resumed.',
    done: 'The run is paused.',
  },
  unpause: {
    button: 'Resume',
    title: (what: string) => `Resume ${what}`,
    submit: 'Resume run',
    happens: 'The run continues immediately, with everything that arrived while it was paused.',
    done: 'The run continues.',
  },
} as const;

interface WorkWords {
  button: string;
  title: (what: string) => string;
  submit: string;
  happens: string;
  stays: string;
  done: string;
}

/** What can be done to one piece of work. */
export const workActionCopy: Record<WorkAction, WorkWords> = {
  'pause-activity': {
    button: 'Pause…',
    title: (what) => `Pause “${what}”`,
    submit: 'Pause work',
    happens:
      'No further attempt of this work is made until it’s resumed. An attempt under way may still finish.',
    stays: 'The rest of the run continues. The time limit of this work keeps counting.',
    done: 'The work is paused.',
  },
  'unpause-activity': {
    button: 'Resume…',
    title: (what) => `Resume “${what}”`,
    submit: 'Resume work',
    happens: 'The next attempt is made immediately.',
    stays: 'The attempts so far still count.',
    done: 'The work continues.',
  },
  'reset-activity': {
    button: 'Try again now…',
    title: (what) => `Try “${what}” again now`,
    submit: 'Try again now',
    happens: 'Attempts are counted from one again, and the next one is made immediately.',
    stays: 'Work that is paused stays paused.',
    done: 'The work is tried again.',
  },
};

export const workCopy = {
  tab: 'Work under way',
  caption: 'Work of this run that is under way',
  none: 'No work is under way',
  noneText: 'The run waits for a person, a message or a moment, or it has ended.',
  attempt: (number: number) => `Attempt ${number}`,
  paused: 'Paused',
} as const;

/** Sending a message to a run. */
export const messageCopy = {
  title: 'Send a message',
  purpose:
    'Messages this process takes from an administrator. Each is sent once and recorded with your reason.',
  hint: 'Tell the run something, or ask it to do something.',
  none: 'This process takes no messages from administrators',
  noneText: 'Everything it listens to comes from the platform itself.',
  ended: 'This run has ended',
  endedText: 'It takes no messages any more.',
  done: { update: 'The run has done what you asked for.', signal: 'The message is on its way to the run.' },
} as const;

/** The menu of a run's page. */
export const actMenu = { title: 'Act', dangerous: 'Handle with care' } as const;

/** What each act of the menu is for, in a few words. */
export const actHints: Record<RunActionKind, string> = {
  remind: 'Email the person it waits for.',
  extend: 'Give them more days.',
  'retry-step': 'Do the step again.',
  'skip-step': 'Continue without the step.',
  'fail-step': 'Give the step up.',
  pause: 'Hold everything until it’s resumed.',
  unpause: 'Let it continue.',
  replay: 'Check that the deployed code can continue it.',
  cancel: 'Stop it, and undo what it has done.',
  terminate: 'Stop it immediately, and undo nothing.',
};

/** Leads from a run to the one it was made from, and on to those made from it. */
export const lineageCopy = {
  label: 'Made by an administrator',
  resetFrom: 'Reset from an earlier run',
  resetTo: 'Reset: a new run continues it',
  againFrom: 'Started again from an earlier run',
  againAs: 'Started again as a new run',
} as const;

/** Replaying a run against the deployed code. */
export const replayCopy = {
  button: 'Replay',
  title: (what: string) => `Replay ${what}`,
  submit: 'Replay run',
  happens:
    'A worker replays the history of this run against the deployed code, to check that it can continue.',
  stays: 'The run itself isn’t touched.',
  done: 'The run is being replayed.',
  open: 'A replay is under way',
  failed: 'The last replay couldn’t be made',
  matches: 'Replay: the deployed code can continue this run',
  differs: 'Replay: the deployed code can’t continue this run',
} as const;

/** Starting a run again with edited input. */
export const againCopy = {
  button: 'Start again',
  hint: 'Start a new run with the same input, edited.',
  title: (process: string) => `Start again: ${process}`,
  purpose: 'A new run with the input of this one, which you can change first. This run stays as it is.',
  withheld: (fields: readonly string[]) =>
    `Enter these again, since they’re secret or personal: ${fields.join(', ')}.`,
} as const;
