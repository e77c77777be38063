/** Every sentence of the public start page. */
export const publicHomeCopy = {
  documentTitle: 'Run your business from one place',
  title: 'The back office that runs your business with you',
  purpose: (brand: string) =>
    `${brand} sets up your accounts, tools and team, and handles the recurring work. You make the decisions; it does the rest and tells you when it needs you.`,
  charge: 'You choose a plan during setup. Signing up is free.',
  promises: {
    setup: {
      title: 'Set up once, step by step',
      text: 'Business, plan, tools, website, team. Stop whenever you like; every step is saved.',
    },
    durable: {
      title: 'Nothing gets lost',
      text: 'After an outage, work resumes where it stopped. You see what’s waiting, since when and for whom.',
    },
    audited: {
      title: 'Every action on record',
      text: 'Who did what, when and why, in a log that reveals any tampering.',
    },
  },
} as const;
