import type { ItemResult, RunState } from '../../../db/domain/progress.ts';
import type { BulkKind } from '../../../db/domain/tenants/help.ts';
import { countText } from '../../ui/format.ts';

/** The list of tenants; its parts are shared by the pages around it. */
export const listCopy = {
  tenant: 'Tenant',
  search: 'Search by name',
  name: 'Name',
  state: 'State',
  plan: 'Plan',
  step: 'Setup step',
  stuckFor: 'Stuck for',
  daysOrMore: (days: string) => (days === '1' ? 'A day or more' : `${days} days or more`),
  mrr: 'MRR',
  problems: 'Problems',
  people: 'People',
  lastActivity: 'Last activity',
  finished: 'Finished',
  /** Between the step and how long it has been at it. */
  heldFor: 'for',
  noneYet: 'None yet',
  select: (name: string) => `Select ${name}`,
  cancel: 'Cancel',
  openSignUp: 'Open the sign-up page',
} as const;

/** The page of one tenant. */
export const tenantCopy = {
  tabs: 'Tenant sections',
  overview: 'Overview',
  runs: (open: number) => (open === 0 ? 'Runs' : `Runs (${open} open)`),
  needs: 'What needs you',
  facts: 'Key facts',
  plan: (title: string, interval: 'month' | 'year' | null) =>
    `${title}, ${interval === 'year' ? 'yearly' : 'monthly'}`,
  subscription: 'Subscription',
  mrr: 'Monthly revenue',
  owner: 'Owner',
  noOwner: 'No owner',
  country: 'Country',
  closes: 'Closes if setup isn’t finished',
  notGiven: 'Not entered yet',
  timezone: 'Timezone',
  signedUp: 'Signed up',
  id: 'Tenant ID',
  idLabel: 'the tenant ID',
} as const;

/** The state of a tenant in one sentence. */
export const standingCopy = {
  onboarding: 'Setup is in progress.',
  live: (problems: number) =>
    problems > 0
      ? `Live. ${countText(problems, 'run needs', 'runs need')} attention.`
      : 'Live. Nothing needs attention.',
  suspended: 'Suspended.',
  abandoned: 'Closed because setup wasn’t finished in time.',
} as const;

export const needsCopy = {
  others: (count: number) => `${countText(count, 'other run needs', 'other runs need')} attention.`,
  openRuns: 'View runs',
} as const;

/** What people read about saved views of the list of tenants. */
export const viewCopy = {
  yours: 'Your views',
  all: 'All tenants',
  name: 'Name',
  nameHelp: 'Only you see your views. They save filters and sort order, not the tenants in the list.',
  openSave: 'Save view…',
  saveTitle: 'Save these filters as a view',
  save: 'Save view',
  openRename: 'Rename…',
  renameTitle: (name: string) => `Rename view “${name}”`,
  rename: 'Rename view',
  remove: 'Remove',
  removeNamed: (name: string) => `Remove view ${name}`,
  saved: (name: string) => `View “${name}” saved.`,
  renamed: (name: string) => `View renamed to “${name}”.`,
  removed: 'View removed. No tenants were changed.',
  nothingToSave: 'Choose a filter or sort order first. This view shows the whole list.',
} as const;

const tenantsText = (count: number) => countText(count, 'tenant', 'tenants');

/** What people read about help for many tenants at once. */
export const bulkCopy = {
  actions: 'Actions for selected tenants',
  selected: 'Selected tenants:',
  selectAll: 'Select all on this page',
  chooseFirst: 'Select at least one tenant first.',
  previewCaption: 'Selected tenants and what happens to each',
  affected: 'Selected tenants',
  whatHappens: 'What happens',
  skipped: (why: string) => `Skipped: ${why}`,
  /** After "Recorded in". */
  log: 'the audit log of each tenant',
  noneTitle: 'No eligible tenants',
  noneText: 'None of these tenants has a setup that’s waiting for its owner.',
  back: 'Back to tenants',
  openRun: 'View run',
  live: 'Live',
  countOf: (done: number, total: number) => `${done} of ${total}`,
  resultsCaption: 'Result for each tenant',
  results: 'Results',
  result: 'Result',
  started: 'Started.',
  button: { remind: 'Send a reminder…', extend: 'Extend…' } satisfies Record<BulkKind, string>,
  title: (kind: BulkKind, count: number) =>
    kind === 'remind' ? `Send a reminder to ${tenantsText(count)}` : `Extend setup for ${tenantsText(count)}`,
  happens: { remind: 'Receives the reminder', extend: 'Gets the extra days' } satisfies Record<
    BulkKind,
    string
  >,
  leftOut: {
    'setup.finished': 'setup is finished',
    'setup.not-waiting': 'nothing is waiting for the owner',
  },
  /** Heading of a run; `total` is null until it has begun. */
  running: (kind: BulkKind, done: number, total: number | null) => {
    const verb = kind === 'remind' ? 'Reminding' : 'Extending setup for';
    return total === null ? `${verb} tenants: starting` : `${verb} ${tenantsText(total)}: ${done} done`;
  },
  /** `total` is null where nothing is known of the results: what was asked for, not what was done. */
  ended: (kind: BulkKind, helped: number, total: number | null) => {
    if (total === null) return kind === 'remind' ? 'Send reminders' : 'Extend setups';
    const words = kind === 'remind' ? 'Reminder sent' : 'Setup extended';
    return `${words}: ${helped} of ${tenantsText(total)}`;
  },
  purpose: (state: RunState, allHelped: boolean) => {
    if (state === 'failed') return 'The run failed. Tenants without a result below are unchanged.';
    if (state === 'stopped') return 'The run was cancelled. Tenants that were skipped are unchanged.';
    return allHelped
      ? 'Recorded in each tenant’s audit log, with the reason.'
      : 'Recorded in the audit log where it succeeded, with the reason. Skipped and refused tenants are unchanged.';
  },
  leave: 'You can leave this page. The run continues, and its result is in the bell menu.',
  away: 'The workflow engine isn’t responding, or no longer keeps this run. Each tenant’s timeline shows what was done.',
  noneYet: 'Results appear here as they come in.',
  outcome: {
    done: 'Done',
    skipped: 'Skipped',
    refused: 'Refused',
    unknown: 'Unknown',
  } satisfies Record<ItemResult['outcome'], string>,
} as const;

/** What partners read where administrators read of tenants: a tenant is a client of theirs. */
export const tenantsCopy = {
  platform: {
    title: 'Tenants',
    purpose: 'Every business on the platform: setup, plan and open problems.',
    noMatch: 'tenants',
    empty: { title: 'No tenants yet', text: 'A business appears here as soon as it signs up.' },
  },
  partner: {
    title: 'Your clients',
    purpose: 'The businesses you look after: setup, plan and open problems.',
    noMatch: 'clients',
    empty: {
      title: 'No clients yet',
      text: 'Send your sign-up link to a business. It appears here as soon as it signs up.',
    },
  },
} as const;

/** What partners read about inviting a client. */
export const inviteClientCopy = {
  open: 'Invite a client',
  title: 'Invite a client',
  text: 'Send this link to a business. When it signs up, it becomes your client: you see its setup and can help with it.',
  none: 'You have no sign-up link yet. Create one, then send it to as many businesses as you like.',
  label: 'Sign-up link',
  create: 'Create sign-up link',
  created: 'Sign-up link created.',
  revoke: 'Revoke link',
  revokeText: 'A revoked link stops working immediately. Clients you have stay yours.',
  revoked: 'Sign-up link revoked. It no longer works.',
} as const;
