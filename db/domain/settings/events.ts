import { mailTitles } from './mail-templates.ts';

/** Events of this capability, each with the label people read in the audit log. */
export const settingsEvents = {
  'mail.sent': 'Email sent',
  'mail.refused': 'Email rejected by the recipient’s server',
  'mail.muted': 'Email not sent: the person muted this kind',
  'mail.dropped': 'Email not sent: dropped when a freeze ended',
  'secret.stored': 'Secret stored',
  'secret.removed': 'Secret removed',
  'setting.changed': 'Setting changed',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const settingsTargets = {
  mail: 'An email',
  secret: 'A secret',
  setting: 'A setting',
} as const;

/** Facts of events that say what they are about, each with the text people read. */
export const settingsSubjects = {
  template: (key: string) => `Email: ${(mailTitles as Record<string, string>)[key] ?? key}`,
} as const;
