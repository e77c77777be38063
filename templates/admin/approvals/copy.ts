export const approvalsCopy = {
  title: 'Approvals',
  purpose: 'Tool calls that need approval. Only the tenant’s own team can see the values and decide.',
  emptyTitle: 'No approvals yet',
  emptyText: 'Payments, messages and deletions appear here when they need a tenant’s approval.',
  requestedBy: 'Requested by',
  requestedAt: 'Requested',
  expires: 'Expires ',
  unknownAgent: 'An agent',
  states: [
    { value: 'pending', label: 'Pending' },
    { value: 'approved', label: 'Approved' },
    { value: 'used', label: 'Approved and run' },
    { value: 'denied', label: 'Denied' },
    { value: 'expired', label: 'Expired' },
  ],
} as const;
