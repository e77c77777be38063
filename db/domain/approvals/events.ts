/** Events of this capability, each with the label people read in the audit log. */
export const approvalsEvents = {
  'approval.requested': 'Approval requested',
  'approval.approved': 'Approved',
  'approval.declined': 'Declined',
  'approval.decided': 'Approved by one of several',
  'approval.escalated': 'Approval escalated',
  'approval.withdrawn': 'Approval request withdrawn',
  'approval.used': 'Approval used',
  'approval.expired': 'Approval expired',
  'approvals.exported': 'Approvals exported',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const approvalsTargets = {
  approval: 'An approval',
} as const;
