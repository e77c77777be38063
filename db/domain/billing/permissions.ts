import type { PermissionEntry } from '../permission-entry.ts';

export const billingPermissions = {
  'billing.read': { text: 'View plan and invoices', heldBy: ['owner', 'admin'], feature: 'billing' },
  'revenue.read': { text: 'View revenue', heldBy: ['superAdmin', 'partner'] },
  'revenue.manage': { text: 'Set exchange rates', heldBy: ['superAdmin'] },
} as const satisfies Record<string, PermissionEntry>;
