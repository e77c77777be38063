/** Events of this capability, each with the label people read in the audit log. */
export const approvalsEvents = {
  'approval.requested': 'Approval requested',
  'approval.approved': 'Approved',
  'approval.denied': 'Denied',
  'approval.used': 'Approval used',
  'approval.expired': 'Approval expired',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const approvalsTargets = {
  approval: 'An approval',
} as const;
