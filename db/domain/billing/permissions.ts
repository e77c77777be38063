import type { PermissionEntry } from '../permission-entry.ts';

export const billingPermissions = {
  'billing.read': { text: 'View plan and invoices', heldBy: ['owner', 'admin'], feature: 'billing' },
  'billing.manage': {
    text: 'Change or cancel the plan, and replace the card',
    heldBy: ['owner', 'admin'],
    whileViewing: 'never',
    byKey: 'person',
    feature: 'billing',
  },
  'subscriptions.read': { text: 'View the subscriptions of tenants', heldBy: ['superAdmin', 'partner'] },
  'plans.read': { text: 'View plans, their versions and prices', heldBy: ['superAdmin'] },
  'plans.manage': {
    text: 'Create plans and versions, offer or withdraw them, and move subscriptions',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
    byKey: 'person',
  },
} as const satisfies Record<string, PermissionEntry>;
