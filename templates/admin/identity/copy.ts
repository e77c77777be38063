import { countText } from '../../ui/format.ts';

/** Every sentence of the pages of sessions. */
export const sessionsCopy = {
  title: 'Sessions',
  purpose: (name: string) => `Where ${name} is signed in, and which sessions ended, when and why.`,
  tenantPurpose: 'Who is signed in and works in this tenant right now.',
  empty: { title: 'No sessions', text: 'This person has not signed in within the last 30 days.' },
  tenantEmpty: {
    title: 'No one is signed in',
    text: 'Sessions appear here when people of this tenant sign in.',
  },
  open: 'Open',
  own: 'This is your own session.',
  expired: 'Expired',
  viewedBy: (name: string) => `${name} viewing`,
  withCode: 'With a code',
  withoutCode: 'Password only',
  end: {
    open: 'End…',
    title: (device: string) => `End the session of ${device}?`,
    happens: 'From the next request on, this device has to sign in again. The person gets an email.',
    stays: 'The session stays in this list with your name and the reason is in the audit log.',
    submit: 'End session',
  },
  all: {
    open: 'Sign out everywhere…',
    title: (name: string) => `Sign ${name} out everywhere?`,
    happens: 'All sessions end at once, views by administrators included. The person gets an email.',
    stays: 'The password stays as it is.',
    submit: 'Sign out everywhere',
  },
  reset: {
    open: 'Require new password…',
    title: (name: string) => `Require a new password from ${name}?`,
    happens: 'All sessions end at once. After the next sign-in, only choosing a new password is possible.',
    stays: 'Until then the old password still opens that one page. The person gets an email.',
    submit: 'Require new password',
    done: 'A new password is required. All sessions have ended.',
  },
  tenant: {
    open: 'Sign everyone out…',
    title: (name: string) => `Sign everyone at ${name} out?`,
    happens: 'All sessions of this tenant end at once. Everyone concerned gets an email.',
    stays: 'Passwords and access stay as they are.',
    submit: 'Sign everyone out',
  },
  done: (ended: number) =>
    ended === 0 ? 'No session was open.' : `${countText(ended, 'session', 'sessions')} ended.`,
} as const;

/** Every sentence of the page about how people sign in. */
export const securityCopy = {
  title: 'Sign-in of administrators',
  nav: 'Sign-in security',
  tab: 'Sign-in',
  purpose: 'How the people of the platform sign in.',
  note: 'Of every super admin, you included.',
  required: 'A second factor is required now.',
  notRequired: 'A second factor isn’t required any more.',
} as const;

/** What Home says while administrators may sign in with only a password. */
export const adminFactorNeed = {
  sentence: 'Super admins can sign in with only a password: no second factor is required of them.',
  button: 'Require it',
} as const;
