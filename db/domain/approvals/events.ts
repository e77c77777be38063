/** Events of this capability, each with the label people read in the audit log. */
export const approvalsEvents = {
  'approval.requested': 'Approval asked for',
  'approval.approved': 'Approved',
  'approval.denied': 'Not approved',
  'approval.used': 'Approval used',
  'approval.expired': 'Nobody approved in time',
} as const;
