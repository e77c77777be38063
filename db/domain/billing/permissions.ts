import type { PermissionEntry } from '../permission-entry.ts';

export const billingPermissions = {
  'billing.read': { text: 'View plan and invoices', heldBy: ['owner', 'admin'], feature: 'billing' },
} as const satisfies Record<string, PermissionEntry>;
