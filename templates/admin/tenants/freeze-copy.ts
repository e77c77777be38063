import { countText } from '../../ui/format.ts';

const mails = (count: number) => countText(count, 'email', 'emails');

/** Every sentence about freezing a tenant or the platform. */
export const freezeCopy = {
  title: 'Freeze',
  purpose:
    'Stop everything that leaves the platform, for one tenant or for all of them, and let it continue later.',
  command: 'Freeze or unfreeze',
  open: 'Open',
  platformFrozen: 'The platform is frozen. No tenant’s work leaves it.',
  tenantFrozen: (name: string) => `${name} is frozen. Its emails and tool calls are held.`,
  frozenDone: 'Frozen. Nothing new is sent out.',
  thawedDone: (dropped: number) =>
    dropped > 0 ? `Unfrozen. ${mails(dropped)} dropped.` : 'Unfrozen. Held work continues.',
  running: 'Not frozen.',
  frozen: 'Frozen',
  byPlatform:
    'The whole platform is frozen, and this tenant with it. You can unfreeze it on the page Freeze.',
  ownToo: 'A freeze of this tenant alone stays when the platform is unfrozen.',
  facts: {
    since: 'Since',
    by: 'By',
    reason: 'Reason',
    openRuns: 'Runs in progress',
    mails: 'Emails under way',
    heldMails: 'Emails held',
    connections: 'Connections',
  },
  stops: 'What a freeze stops',
  freeze: {
    open: 'Freeze',
    platformOpen: 'Freeze the platform',
    title: (name: string) => `Freeze ${name}`,
    platformTitle: 'Freeze the whole platform',
    happens:
      'Emails, payments and tool calls that change something outside are held from this moment. Views as people of the business end.',
    platformHappens:
      'Emails, payments and tool calls that change something outside are held for every tenant from this moment.',
    stays:
      'People can still sign in and work. Tools that only read still do. A call that has reached its vendor is completed. Password and security emails are still sent. Nothing is lost.',
    submit: 'Freeze',
  },
  thaw: {
    open: 'Unfreeze',
    platformOpen: 'Unfreeze the platform',
    title: (name: string) => `Unfreeze ${name}`,
    platformTitle: 'Unfreeze the whole platform',
    happens: 'Work continues within half a minute.',
    policy: 'Held work',
    run: 'Do all of it',
    runText: 'Held emails are sent and held tool calls are made, each once.',
    skip: 'Skip it',
    skipText: 'Held emails are dropped and held tool calls end as refused. Refunds are still made.',
    keepHours: 'Still send emails from the last hours',
    keepHoursHelp: 'Only when held work is skipped. 0 drops all of them.',
    submit: 'Unfreeze',
  },
  tenants: 'Frozen tenants',
  tenant: 'Tenant',
  empty: { title: 'No tenant is frozen', text: 'You freeze a tenant on its page, in the tab Freeze.' },
} as const;
