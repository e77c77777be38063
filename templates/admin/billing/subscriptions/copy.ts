import type { Subscription } from '../../../../db/domain/billing/subscriptions.ts';

/** Every sentence of the page of all subscriptions. */
export const subscriptionsCopy = {
  title: 'Subscriptions',
  purpose: 'Who pays for what, and what happens next.',
  search: 'Search by tenant or subscription ID',
  tenant: 'Tenant',
  plan: 'Plan',
  version: (version: number) => `version ${version}`,
  state: 'State',
  price: 'Price',
  each: (interval: 'month' | 'year') => `a ${interval}`,
  seats: 'Seats',
  next: 'Next',
  ends: 'Ends',
  ended: 'Ended',
  trialEnds: 'Trial ends',
  renews: 'Renews',
  changes: (plan: string) => `then ${plan}`,
  run: 'Run',
  openRun: 'View run',
  started: 'Started',
  counts: 'Subscriptions by state',
  all: 'All',
  states: {
    trialing: 'Trial',
    active: 'Active',
    pastDue: 'Payment overdue',
    cancelled: 'Cancelled',
  } satisfies Record<Subscription['status'], string>,
  empty: {
    title: 'No subscriptions yet',
    text: 'The first one starts when a tenant chooses a plan during setup.',
  },
  none: 'subscriptions',
} as const;
