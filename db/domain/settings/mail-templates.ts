/** Every email the platform sends, and what it is about; the email itself is in its recipient's language. */
export const mailTitles = {
  'verify-email': 'Confirm your email address',
  'onboarding-reminder': 'Setup reminder',
  'onboarding-abandoned': 'Unfinished account closed',
  welcome: 'The business is live',
  invoice: 'Invoice',
  invitation: 'Invitation to the team',
  'connection-lost': 'Reconnect a server',
  'member-removed': 'Removed from the team',
  'ownership-transferred': 'Ownership transferred',
  'server-deprecated': 'Server deprecated',
  'server-disabled': 'Server turned off',
  'server-retired': 'Server retired',
} as const;
export type MailTemplate = keyof typeof mailTitles;
export const mailTemplates = Object.keys(mailTitles) as MailTemplate[];
