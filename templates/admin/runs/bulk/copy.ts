import type { BulkKey } from '../../../../db/domain/bulk.ts';
import { errorTable, isErrorCode } from '../../../../db/domain/errors.ts';
import { features } from '../../../../db/domain/people/features.ts';
import { roleTitles } from '../../../../db/domain/roles.ts';
import type {
  BulkAction,
  BulkItemState,
  BulkRound,
  BulkState,
  BulkSubject,
} from '../../../../db/domain/runs/bulk-operation.ts';
import { countText } from '../../../ui/format.ts';

type Parameters = Readonly<Record<string, string | number>>;
const titleIn = (titles: Readonly<Record<string, string>>, key: unknown) =>
  titles[String(key)] ?? String(key);

export const subjectCopy = {
  tenants: { one: 'tenant', many: 'tenants', title: 'Tenants', item: 'Tenant' },
  people: { one: 'person', many: 'people', title: 'People', item: 'Person' },
  runs: { one: 'run', many: 'runs', title: 'Workflows', item: 'Run' },
  subscriptions: { one: 'subscription', many: 'subscriptions', title: 'Subscriptions', item: 'Subscription' },
} as const satisfies Record<BulkSubject, unknown>;

export const itemsText = (subject: BulkSubject, count: number): string =>
  countText(count, subjectCopy[subject].one, subjectCopy[subject].many);

interface Words {
  /** On tabs and buttons. */
  name: string;
  /** Heading, around how many. */
  title: (items: string, parameters: Parameters) => string;
  /** What happens, one sentence. */
  purpose: string;
}

/** What people read about each operation. */
export const operationWords: Readonly<Record<BulkKey, Words>> = {
  'tenants.remind': {
    name: 'Send a reminder',
    title: (items) => `Send a reminder to ${items}`,
    purpose: 'The owner gets the reminder email for the setup step that’s waiting for them.',
  },
  'tenants.extend': {
    name: 'Extend setup',
    title: (items) => `Extend setup for ${items}`,
    purpose: 'The setup closes later. Reminders are sent by the new date.',
  },
  'people.suspend': {
    name: 'Suspend',
    title: (items) => `Suspend ${items}`,
    purpose: 'They’re signed out everywhere immediately and can’t sign in until they’re reactivated.',
  },
  'people.reactivate': {
    name: 'Reactivate',
    title: (items) => `Reactivate ${items}`,
    purpose: 'They can sign in again. Roles and memberships are as they were.',
  },
  'people.set-role': {
    name: 'Set role',
    title: (items, { role }) => `Set the role of ${items}${role ? ` to ${titleIn(roleTitles, role)}` : ''}`,
    purpose: 'The new role applies in the tenant each of them belongs to. Custom roles are replaced.',
  },
  'people.set-feature': {
    name: 'Switch a feature',
    title: (items, { feature, switch: to }) =>
      feature
        ? `Switch ${titleIn(features, feature)} ${String(to)} for ${items}`
        : `Switch a feature for ${items}`,
    purpose: 'A feature that’s off is hidden from them and refused everywhere, in all of their tenants.',
  },
  'people.end-sessions': {
    name: 'End sessions',
    title: (items) => `End the sessions of ${items}`,
    purpose: 'They’re signed out on every device immediately, and can sign in again.',
  },
  'subscriptions.move': {
    name: 'Move to a version',
    title: (items, { plan, version }) => `Move ${items} to version ${version} of ${plan}`,
    purpose: 'Each takes the new prices with its next period. Until then everything stays as it is.',
  },
  'runs.cancel': {
    name: 'Cancel',
    title: (items) => `Cancel ${items}`,
    purpose: 'Each run is asked to end and to undo what its process undoes. It can’t be continued.',
  },
  'runs.retry-step': {
    name: 'Retry the failed step',
    title: (items) => `Retry the failed step of ${items}`,
    purpose: 'The step that needs attention is tried again in each run. Steps that are done stay done.',
  },
};

/** Why an item was not done, in words. */
export const causeText = (code: string): string =>
  errorTable[isErrorCode(code) ? code : 'internal.unexpected'].text;

export const bulkCopy = {
  title: 'Bulk operations',
  purpose: 'The same change made to many tenants, people, runs or subscriptions, item by item.',
  started: 'Bulk operation started.',
  starting: 'The bulk operation is being started. It appears here in a moment.',
  listCaption: 'Bulk operations',
  operation: 'Operation',
  state: 'State',
  progress: 'Progress',
  startedBy: 'Started by',
  startedAt: 'Started',
  empty: {
    title: 'No bulk operations yet',
    text: 'Select several tenants, people or runs in their list, or filter the list, and choose what to do with all of them.',
  },
  none: 'bulk operations',
  formerUser: 'A former user',
  selectAll: 'Select all on this page',
  actionsFor: (subject: BulkSubject) => `Actions for selected ${subjectCopy[subject].many}`,
  selected: (subject: BulkSubject) => `Selected ${subjectCopy[subject].many}:`,
  change: 'Change selected…',
  changeAll: 'Change all of these…',
  select: (name: string) => `Select ${name}`,

  // Preview
  chooseFirst: (subject: BulkSubject) => `Select at least one ${subjectCopy[subject].one} first.`,
  kinds: 'What to do',
  inTenant: (tenant: string) => `Only in ${tenant}: the list was filtered by it.`,
  role: 'New role',
  feature: 'Feature',
  switch: 'State',
  on: 'On',
  off: 'Off',
  days: 'Additional days',
  update: 'Update preview',
  will: (affected: string, left: number) =>
    left === 0 ? `Applies to ${affected}` : `Applies to ${affected}, ${left} left out`,
  noneLeftOut: 'Nothing is left out.',
  sample: (shown: number, all: number) => (shown < all ? `The first ${shown} of ${all}` : 'What is selected'),
  sampleCaption: 'Items and what happens to each',
  whatHappens: 'What happens',
  leftOut: (why: string) => `Left out: ${why}`,
  pace: 'Items per minute',
  paceHelp: 'Choose fewer to be gentle on other systems and mailboxes. You can pause at any time.',
  estimate: (duration: string, pace: number) => `Takes about ${duration} at ${pace} a minute.`,
  noneTitle: 'Nothing to do',
  noneText: 'Everything selected is left out, for the reasons above.',
  back: (subject: BulkSubject) => `Back to ${subjectCopy[subject].title.toLowerCase()}`,
  cancel: 'Cancel',
  log: 'the audit log',

  // One operation
  live: 'Live',
  leave: 'You can leave this page. The operation keeps running.',
  over: {
    done: 'Finished. Everything is recorded in the audit log with the reason.',
    aborted: 'Aborted. Items that had no turn are unchanged.',
    undone: 'Undone. Items that were changed again since are left as they are.',
  } satisfies Record<Exclude<BulkState, 'running' | 'paused'>, string>,
  paused: 'Paused. No further item is started until you resume.',
  doing: {
    apply: 'Running',
    retry: 'Retrying failed items',
    undo: 'Undoing',
    continue: 'Running',
  } satisfies Record<BulkRound, string>,
  progressOf: (settled: number, total: number) => `${settled} of ${total}`,
  progressLabel: 'Items that had their turn',
  left: (duration: string) => `about ${duration} left`,
  orphaned:
    'The workflow behind this operation was ended from outside. Resume to continue where it was, or abort it.',
  counts: {
    pending: 'Waiting',
    done: 'Done',
    skipped: 'Skipped',
    failed: 'Failed',
    unknown: 'Unknown',
    undoing: 'Waiting to be undone',
    undone: 'Undone',
    kept: 'Not undone',
  } satisfies Record<BulkItemState, string>,
  reason: 'Reason',
  chosenBy: 'Chosen by',
  oneByOne: 'Selection',
  paceOf: (pace: number) => `${pace} a minute`,
  paceLabel: 'Pace',
  causes: 'Why items were not done',
  causesCaption: 'Causes and how many items each concerns',
  cause: 'Cause',
  items: 'Items',
  itemsCaption: 'Result for each item',
  result: 'Result',
  attempts: 'Attempts',
  changed: 'Last change',
  noMatch: 'items',
  openRun: 'View run',
  keep: 'The reason is kept in the audit log.',
  actions: {
    pause: {
      button: 'Pause',
      title: 'Pause this operation',
      happens: 'No further item is started. Those under way are finished.',
      stays: 'You can resume at any time.',
      done: 'Paused.',
    },
    resume: {
      button: 'Resume',
      title: 'Resume this operation',
      happens: 'It continues with the next item.',
      stays: 'Items that had their turn are not done again.',
      done: 'Resumed.',
    },
    abort: {
      button: 'Abort',
      title: 'Abort this operation',
      happens: 'No further item is started, and the operation ends.',
      stays: 'What was done already stays done. Items without a turn are unchanged.',
      done: 'Aborted.',
    },
    'retry-failed': {
      button: 'Retry failed items',
      title: 'Retry the failed items',
      happens: 'Every item that failed, or whose outcome is unknown, is tried again.',
      stays: 'Items that are done or were skipped stay as they are.',
      done: 'Retrying the failed items.',
    },
    undo: {
      button: 'Undo',
      title: 'Undo this operation',
      happens: 'Each item that was changed gets its former value back.',
      stays: 'Items that were changed again since are left as they are.',
      done: 'Undoing.',
    },
  } satisfies Record<BulkAction, Record<'button' | 'title' | 'happens' | 'stays' | 'done', string>>,
} as const;
