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
  allViews: 'All tenants',
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
