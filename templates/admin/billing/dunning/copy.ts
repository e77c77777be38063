import type { DunningDifference } from '../../../../db/domain/billing/dunning/compare.ts';
import type {
  DunningKind,
  DunningMail,
  DunningOutcome,
  StepReason,
} from '../../../../db/domain/billing/dunning/state.ts';
import type { DeclineClass } from '../../../../db/domain/billing/payments.ts';
import type { AccessLevel } from '../../../../db/domain/billing/subscriptions.ts';

/** Why a payment was refused, for administrators. */
export const declineTexts: Readonly<Record<DeclineClass, string>> = {
  insufficientFunds: 'Insufficient funds',
  expiredCard: 'Expired card',
  doNotHonour: 'Declined without a reason',
  stolenCard: 'Lost or stolen card',
  authenticationNeeded: 'Authentication needed',
  methodMissing: 'No card on file',
  gatewayDown: 'Gateway unreachable',
};

export const accessTexts: Readonly<Record<AccessLevel, string>> = {
  full: 'Full access',
  restricted: 'Read only',
  suspended: 'Billing only',
};

export const outcomeTexts: Readonly<Record<DunningOutcome, string>> = {
  paid: 'Paid',
  voided: 'Invoice voided',
  cancelled: 'Cancelled and written off',
  writtenOff: 'Invoice written off',
};

export const mailTexts: Readonly<Record<DunningMail, string>> = {
  failed: 'Payment failed',
  retryFailed: 'Another try failed',
  restricted: 'Restricted',
  suspended: 'Suspended',
  cancelled: 'Cancelled',
  settled: 'Thank you',
};

export const kindTexts: Readonly<Record<DunningKind, string>> = {
  retry: 'Try the card',
  restrict: 'Restrict to reading',
  suspend: 'Suspend',
  cancel: 'Cancel the subscription and write off',
  settled: 'Give full access back',
  mail: 'Send an email',
};

export const reasonTexts: Readonly<Record<StepReason, string>> = {
  newCard: 'a new card was entered',
  askedByCustomer: 'the customer asked',
  askedByAdmin: 'an administrator asked',
  givenUp: 'an administrator gave up',
};

export const differenceTexts: Readonly<Record<DunningDifference['code'], string>> = {
  paidElsewhere: 'It was paid another way.',
  voided: 'The invoice was voided.',
  writtenOff: 'The invoice was written off.',
  newCard: 'A new card was entered.',
  triedByHand: 'The card was tried by hand.',
  extended: 'An administrator gave more time.',
  givenUp: 'An administrator gave up.',
  otherAnswer: 'The bank gave another answer.',
  otherTime: 'A step came at another time.',
  late: 'A step was done more than an hour late.',
};

/** "If the card works on try 3"; null: it never does. */
export const scenarioTitle = (worksOnTry: number | null): string =>
  worksOnTry === null ? 'If nothing changes' : `If the card works on try ${worksOnTry}`;

/** Every other sentence of the dunning pages. */
export const dunningCopy = {
  title: 'Dunning',
  purpose: 'Invoices whose payment failed, and what happens about each next.',
  open: 'Open',
  ended: 'Ended',
  columns: {
    tenant: 'Tenant',
    invoice: 'Invoice',
    amount: 'Amount due',
    cause: 'Why it failed',
    access: 'Access',
    next: 'Next step',
    at: 'When',
    outcome: 'Outcome',
    preview: 'Compared with its preview',
    started: 'First failed',
  },
  empty: { title: 'No overdue invoices', text: 'An invoice appears here when its payment fails.' },
  emptyEnded: {
    title: 'Nothing has ended yet',
    text: 'Invoices that were paid, voided or given up appear here.',
  },
  asPreviewed: 'As previewed',
  policies: 'Policies',
  policiesPurpose:
    'When a failed payment is tried again, who hears of it, and what is taken away until it’s paid.',
  version: (version: number) => `Version ${version}`,
  versionHelp: 'Cases that are open keep the version they began with.',
  preview: 'Preview',
  previewHelp: 'Computed by the code that then does it, as if a payment failed now.',
  previewClass: 'If the payment fails because of',
  show: 'Show',
  timelineLabel: (title: string) => `${title}: access over time, with tries and emails`,
  legend: 'Bars: access. Ticks above: tries of the card. Ticks below: emails.',
  table: { at: 'When', step: 'What happens', result: 'Result', access: 'Access' },
  paid: 'Paid',
  refused: 'Refused',
  unreachable: 'No answer',
  because: (why: string) => `because ${why}`,
  attempt: (attempt: number) => `Try ${attempt}`,
  publish: 'Publish version',
  published: 'The new version applies to payments that fail from now on.',
  form: {
    heading: 'New version',
    title: 'Name',
    days: 'Days after the first failure on which the card is tried again, such as 2, 5, 9. Leave empty to never try again unasked.',
    maxTries: 'Tries in all',
    maxTriesHelp: 'The first one included.',
    fromHour: 'Not before (hour)',
    toHour: 'Not from (hour)',
    hoursHelp: 'By the clock of the business.',
    weekends: 'Leave out weekends',
    mails: 'Emails',
    restrict: 'Restrict after days',
    suspend: 'Suspend after days',
    cancel: 'Cancel after days',
  },
  tenant: {
    none: 'No payment of this tenant is overdue.',
    noneSubscribed: 'This tenant has no subscription, so there is nothing to preview.',
    coming: 'Previewed as if the next payment fails. It’s due on',
    policy: 'Policy',
    since: 'First failed',
    tries: 'Tries',
    ended: 'Ended cases',
    steps: 'What was done',
    noSteps: 'Nothing yet.',
  },
  actions: {
    try: {
      open: 'Try again now',
      title: (invoice: string) => `Try to collect invoice ${invoice} now`,
      happens: 'The card on file is charged once. If it works, the tenant gets full access back immediately.',
      stays: 'If it fails, the plan continues as before.',
      submit: 'Charge the card',
      paid: 'The invoice is paid.',
      refused: 'The card was declined again. The plan continues.',
    },
    extend: {
      open: 'Give more time',
      title: (invoice: string) => `Give more time to pay invoice ${invoice}`,
      happens: 'Restriction, suspension and cancellation that are still ahead are moved by so many days.',
      stays: 'Tries of the card stay on their days. What was already restricted stays so.',
      days: 'Days',
      submit: 'Give more time',
      done: 'The tenant has more time.',
    },
    giveUp: {
      open: 'Give up',
      title: (invoice: string) => `Give up invoice ${invoice}`,
      happens:
        'The subscription is cancelled, the invoice is written off as uncollectible, and the owner is told.',
      stays: 'Nothing more is charged. The tenant’s data stays.',
      submit: 'Cancel and write off',
      done: 'The subscription was cancelled and the invoice written off.',
    },
    policy: {
      open: 'Change policy',
      title: (tenant: string) => `Change the dunning policy of ${tenant}`,
      happens: 'Payments that fail from now on follow this policy.',
      stays: 'A case that is open keeps its policy.',
      standard: 'That of its plan',
      submit: 'Change policy',
      done: 'The policy applies to payments that fail from now on.',
    },
  },
} as const;
