import type { PermissionEntry } from '../permission-entry.ts';

export const approvalsPermissions = {
  'approvals.decide': {
    text: 'Decide requests that are for them',
    heldBy: ['owner', 'admin', 'member'],
    whileViewing: 'never',
    byKey: 'person',
  },
  'approvals.manage': {
    text: 'View every approval and set who may approve what they asked for',
    heldBy: ['owner', 'admin'],
    whileViewing: 'never',
    byKey: 'person',
  },
} as const satisfies Record<string, PermissionEntry>;
