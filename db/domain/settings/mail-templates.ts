/** Every email the platform sends, and what it is about; the email itself is in its recipient's language. */
export const mailTitles = {
  'verify-email': 'Confirm your email address',
  'account-exists': 'Signed up with a known address',
  'onboarding-reminder': 'Setup reminder',
  'onboarding-abandoned': 'Unfinished account closed',
  welcome: 'The business is live',
  invoice: 'Invoice',
  'billing-reminder': 'Trial end or renewal reminder',
  'payment-failed': 'A payment failed',
  invitation: 'Invitation to the team',
  'connection-lost': 'Reconnect a server',
  'member-removed': 'Removed from the team',
  'offboarding-receipt': 'Receipt of an offboarding',
  'api-key-expiring': 'An API key expires',
  'sessions-ended': 'Signed out by an administrator',
  'ownership-transferred': 'Ownership transferred',
  'server-deprecated': 'Server deprecated',
  'server-disabled': 'Server turned off',
  'server-retired': 'Server retired',
  'view-started': 'Support views the portal as you',
  'reset-password': 'Choose a new password',
  'security-notice': 'Security of the account',
  'approval-requested': 'A request waits for approval',
  'workflow-message': 'Message of a workflow',
  'workers-lost': 'A queue has no workers',
} as const;
export type MailTemplate = keyof typeof mailTitles;
export const mailTemplates = Object.keys(mailTitles) as MailTemplate[];

/** Emails that a person can mute: all others are about the account, its security, or what was asked for. */
export const mutableMails = [
  'onboarding-reminder',
  'welcome',
  'invoice',
  'billing-reminder',
  'connection-lost',
  'server-deprecated',
  'server-disabled',
  'server-retired',
] as const satisfies readonly MailTemplate[];
export type MutableMail = (typeof mutableMails)[number];

/** How a muted kind is stored, with the channel it is muted for. */
export const muteOf = (template: MailTemplate): string => `mail.${template}`;
