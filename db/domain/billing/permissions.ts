import type { PermissionEntry } from '../permission-entry.ts';

export const billingPermissions = {
  'dunning.read': { text: 'View overdue invoices and dunning policies', heldBy: ['superAdmin'] },
  'dunning.manage': { text: 'Act on overdue invoices and change dunning policies', heldBy: ['superAdmin'] },
  'billing.pay': {
    text: 'Pay overdue invoices',
    heldBy: ['owner', 'admin'],
    feature: 'billing',
    whileUnpaid: 'always',
  },
  'billing.read': {
    text: 'View plan and invoices',
    heldBy: ['owner', 'admin'],
    feature: 'billing',
    whileUnpaid: 'always',
  },
} as const satisfies Record<string, PermissionEntry>;
