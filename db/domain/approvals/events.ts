/** Events of this capability, each with the label people read in the audit log. */
export const approvalsEvents = {
  'approval.requested': 'Approval requested',
  'approval.approved': 'Approved',
  'approval.denied': 'Denied',
  'approval.used': 'Approval used',
  'approval.expired': 'Approval expired',
} as const;
