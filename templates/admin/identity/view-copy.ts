import { viewMinutes } from '../../../db/domain/identity/impersonation.ts';

/** Every sentence of the page that starts a view as a person. */
export const viewAsCopy = {
  title: (name: string) => `View the portal as ${name}`,
  purpose: 'You see what this person sees, for a limited time and a stated reason.',
  happens: (email: string) =>
    `An email to ${email} says who views, why and until when. Every page you read is listed in a signed certificate, which the owners of the business can read.`,
  never:
    'Passwords, sign-in, sessions, keys, payments, plan, exports, webhooks, roles, ownership and approvals stay out of reach.',
  ticket: 'Ticket',
  ticketHelp: 'Number or link of the request this is about.',
  minutes: 'Minutes',
  minutesHelp: `From ${viewMinutes.min} to ${viewMinutes.max}. The view ends then, whatever happens.`,
  tenant: 'Business',
  allow: 'Allow changes',
  allowText:
    'What you change is done in this person’s name and recorded with yours. Without it you can only look.',
  mode: 'What you can do',
  submit: 'Start viewing',
  logOf: 'the certificate and the audit log',
  panelTitle: 'Support access',
  panelText: 'See the portal as the owner sees it, for a stated reason.',
  noOwner: 'This business has no owner to view as.',
  panelOpen: (name: string) => `View as ${name}…`,
} as const;

/** Every sentence of the list of views and of the page of one. */
export const viewsCopy = {
  title: 'Views as a person',
  tab: 'Views',
  purpose: 'Who looked at the portal as whom, why, and how it ended.',
  empty: {
    title: 'No views yet',
    text: 'When an administrator views the portal as a person, it appears here with its certificate.',
  },
  modes: { read: 'Look only', change: 'Look and change' },
  of: (person: string) => `View as ${person}`,
  ended: 'This view has ended.',
  endedWhy: (why: string) => `This view has ended: ${why}.`,
  backTo: (person: string) => `Back to ${person}`,
  revoke: {
    open: 'Revoke…',
    title: (person: string) => `Revoke the view as ${person}?`,
    happens: 'It ends immediately. Nothing more can be read or changed with it.',
    stays: 'The certificate is written within a minute.',
    submit: 'Revoke view',
    done: 'View revoked.',
  },
} as const;
