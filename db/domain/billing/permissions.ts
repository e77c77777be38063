import type { PermissionEntry } from '../permission-entry.ts';

export const billingPermissions = {
  'billing.read': {
    text: 'View plan and invoices',
    heldBy: ['owner', 'admin'],
    feature: 'billing',
    whileUnpaid: 'always',
  },
  'billing.pay': {
    text: 'Pay overdue invoices',
    heldBy: ['owner', 'admin'],
    feature: 'billing',
    whileUnpaid: 'always',
  },
  'billing.profile': {
    text: 'Change billing details',
    heldBy: ['owner', 'admin'],
    feature: 'billing',
    whileUnpaid: 'always',
  },
  'invoices.read': { text: 'View invoices of all tenants', heldBy: ['superAdmin', 'partner'] },
  'invoices.manage': {
    text: 'Void, credit and settle invoices',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'taxes.manage': { text: 'Set tax rates', heldBy: ['superAdmin'] },
  'revenue.read': { text: 'View revenue', heldBy: ['superAdmin', 'partner'] },
  'revenue.manage': { text: 'Set exchange rates', heldBy: ['superAdmin'] },
  'billing.manage': {
    text: 'Change or cancel the plan, and replace the card',
    heldBy: ['owner', 'admin'],
    whileViewing: 'never',
    byKey: 'person',
    feature: 'billing',
    whileUnpaid: 'always',
  },
  'dunning.read': { text: 'View overdue invoices and dunning policies', heldBy: ['superAdmin'] },
  'dunning.manage': { text: 'Act on overdue invoices and change dunning policies', heldBy: ['superAdmin'] },
  'subscriptions.read': { text: 'View the subscriptions of tenants', heldBy: ['superAdmin', 'partner'] },
  'plans.read': { text: 'View plans, their versions and prices', heldBy: ['superAdmin'] },
  'plans.manage': {
    text: 'Create plans and versions, offer or withdraw them, and move subscriptions',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
    byKey: 'person',
  },
} as const satisfies Record<string, PermissionEntry>;
