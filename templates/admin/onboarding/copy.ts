import { countText } from '../../ui/format.ts';
/** The funnel, and the tenants that are stuck in it. */
export const funnelCopy = {
  title: 'Onboarding',
  purpose: 'How far new tenants get, where they stop and who needs help.',
  period: 'Period',
  lastDays: (days: string) => `Last ${days} days`,
  caption: 'Setup steps',
  step: 'Step',
  bar: 'Reached and finished',
  reached: 'Reached',
  finished: 'Finished',
  droppedOff: 'Dropped off',
  here: 'Here now',
  median: 'Median time',
  noneTitle: 'No sign-ups in this period',
  noneText: 'Choose a longer period, or share the sign-up page.',
  openSignUp: 'Open the sign-up page',
} as const;

export const stuckCopy = {
  title: 'Stuck tenants',
  note: 'No progress for a while, or a step failed.',
  tenant: 'Tenant',
  why: 'Reason',
  step: 'Step',
  since: 'Since',
  help: 'Action',
  wait: 'None needed',
  noneTitle: 'No stuck tenants',
  noneText: 'Every open setup has made progress recently.',
} as const;

/** What can be done for a tenant whose setup is stuck. */
export type HelpKind = 'remind' | 'extend' | 'retry' | 'skip' | 'complete';

interface HelpWords {
  /** On the button; "…" says that a question follows. */
  button: string;
  /** Names the thing: what is done, with which step, for whom. */
  title: (whom: string, step: string) => string;
  submit: string;
  happens: string;
  stays: string;
  /** Set: does no harm, so it is done at one click, and this is written down as the reason. */
  oneClickReason?: string;
}

const stays = 'Everything the owner has entered stays.';

/** The same wherever help is offered: on the run page, the tenant page and in the list of stuck tenants. */
export const helpWords: Record<HelpKind, HelpWords> = {
  remind: {
    button: 'Send a reminder now',
    title: (whom) => `Send ${whom} a reminder`,
    submit: 'Send reminder',
    happens: 'The owner gets the next reminder email immediately. Nothing else changes.',
    stays,
    oneClickReason: 'Sent manually because the setup is waiting for the owner',
  },
  extend: {
    button: 'Extend…',
    title: (whom) => `Extend setup for ${whom}`,
    submit: 'Extend setup',
    happens: 'The unfinished account stays open for the extra days.',
    stays,
  },
  retry: {
    button: 'Retry…',
    title: (whom, step) => `Retry “${step}” for ${whom}`,
    submit: 'Retry step',
    happens: 'The step is retried immediately.',
    stays,
  },
  skip: {
    button: 'Skip…',
    title: (whom, step) => `Skip “${step}” for ${whom}`,
    submit: 'Skip step',
    happens: 'The setup continues without this step. The owner can still complete it later.',
    stays,
  },
  complete: {
    button: 'Complete…',
    title: (whom, step) => `Complete “${step}” for ${whom}`,
    submit: 'Complete step',
    happens: 'The step is marked as done, as if the owner had completed it.',
    stays,
  },
};

/** Confirmation after each kind of help. */
export const helpDone: Record<HelpKind, string> = {
  extend: 'Setup extended.',
  retry: 'Retrying the step.',
  skip: 'Step skipped. The setup continues without it.',
  complete: 'Step completed.',
  remind: 'Reminder sent.',
};

/** How many days more. */
export const daysLabel = 'Extra days';

/** The setup on the page of a tenant. */
export const panelCopy = {
  title: 'Setup',
  steps: 'Setup steps',
  attempts: (count: number) => countText(count, 'attempt', 'attempts'),
  /** Around the moment it closes. */
  closes: { before: 'The account closes', after: 'if setup isn’t finished.' },
  viewRun: 'View run',
  /** Leads here from what needs a person. */
  help: 'View setup',
  noneTitle: 'No setup',
  noneText: 'This tenant was created without setup.',
} as const;
