/** Events of this capability, each with the label people read in the audit log. */
export const auditEvents = {
  'audit.exported': 'Audit log exported',
  'audit.tampering-detected': 'Tampering with the audit log detected',
  'access.exported': 'Access log exported',
  'records.purged': 'Old records removed',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const auditTargets = {
  house: 'Old records',
} as const;
