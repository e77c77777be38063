/** Events of this capability, each with the label people read in the audit log. */
export const settingsEvents = {
  'mail.sent': 'E-mail sent',
  'mail.refused': 'E-mail refused by its address',
  'secret.stored': 'Secret stored',
  'secret.removed': 'Secret removed',
} as const;
