/** Events of this capability, each with the label people read in the audit log. */
export const auditEvents = {
  'records.purged': 'Old records removed',
} as const;
