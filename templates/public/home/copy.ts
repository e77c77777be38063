import { countText } from '../../ui/format.ts';

/** Every sentence of the public start page and of the pricing page. */
export const publicHomeCopy = {
  documentTitle: 'Run your business from one place',
  title: 'The back office that runs your business with you',
  purpose: (brand: string) =>
    `${brand} sets up your accounts, integrations and team, and handles the recurring work. You make the decisions; it does the rest and tells you when it needs you.`,
  audience: 'For small businesses, and for the partners who look after them.',
  charge: (price: string, trialDays: number) =>
    `From ${price} a month after ${countText(trialDays, 'free day', 'free days')}. Creating an account costs nothing.`,
  create: 'Create account',
  seePricing: 'See pricing',
  picture: 'A business’s Home: what needs a decision, its integrations, its team and its plan.',
  promises: {
    setup: {
      title: 'Set up once, step by step',
      text: 'Business, plan, integrations, team. Stop whenever you like; every step is saved.',
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
  integrations: {
    title: 'Works with what you already use',
    text: (count: number) =>
      `${countText(count, 'integration', 'integrations')}. You decide which tools people may use; payments, messages and deletions wait for your approval.`,
  },
  plans: {
    title: 'Plans',
    documentTitle: 'Pricing',
    purpose:
      'Every plan starts with a free trial. You choose during setup and see the price before you confirm it.',
    aMonth: 'a month',
    aYear: (price: string) => `or ${price} a year`,
    trial: (days: number) => `${countText(days, 'day', 'days')} free`,
    all: (offered: number) => `All ${countText(offered, 'integration', 'integrations')}`,
    upTo: (most: number) => `Up to ${countText(most, 'integration', 'integrations')}`,
    choose: (plan: string) => `Start with ${plan}`,
    included: 'In every plan',
    includes: [
      'Guided setup that you can pause and resume on any device',
      'Approvals for payments, messages and deletions',
      'A tamper-evident log of every action',
      'Invitations and roles for your team',
      'Invoices as PDF',
    ],
  },
  questions: {
    title: 'Questions',
    items: [
      {
        question: 'What do I need to start?',
        answer:
          'A name, an email address and a password. You enter a card when you choose a plan; with a free trial, nothing is charged that day.',
      },
      {
        question: 'What if I stop halfway through setup?',
        answer:
          'Every step is saved, and you can resume on any device. We remind you after one, three and seven days. If setup isn’t finished after 14 days, the account is closed.',
      },
      {
        question: 'Can an automation spend money or write to my customers?',
        answer:
          'Only after a person on your team approves that exact request. The approval shows the values that will be sent and is kept in the log.',
      },
      {
        question: 'How are my credentials stored?',
        answer:
          'Encrypted, separately for each business. Pages, logs and automations never see them; calls go through one gateway that does.',
      },
      {
        question: 'Which languages are there?',
        answer: 'The portal is in English. Emails come in English, German, Spanish and French.',
      },
    ],
  },
} as const;
