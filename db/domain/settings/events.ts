/** Events of this capability, each with the label people read in the audit log. */
export const settingsEvents = {
  'mail.sent': 'Email sent',
  'mail.refused': 'Email rejected by the recipient’s server',
  'secret.stored': 'Secret stored',
  'secret.removed': 'Secret removed',
} as const;
