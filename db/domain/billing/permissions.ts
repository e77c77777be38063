import type { PermissionEntry } from '../permission-entry.ts';

export const billingPermissions = {
  'billing.read': { text: 'View plan and invoices', heldBy: ['owner', 'admin'] },
} as const satisfies Record<string, PermissionEntry>;
