import type { PermissionEntry } from '../permission-entry.ts';

export const tenantsPermissions = {
  'tenants.read': { text: 'View tenants', heldBy: ['superAdmin', 'partner'] },
  'tenants.support': {
    text: 'Help a tenant: extend, retry, skip or complete a step',
    heldBy: ['superAdmin', 'partner'],
  },
  'tenants.freeze': {
    text: 'Freeze and unfreeze a tenant',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
  },
  'platform.freeze': {
    text: 'Freeze and unfreeze the whole platform',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
  },
  'clients.invite': {
    text: 'Invite clients by a sign-up link',
    heldBy: ['partner'],
    whileViewing: 'never',
  },
  'workspace.read': { text: 'View the workspace', heldBy: ['owner', 'admin', 'member'], byKey: 'person' },
} as const satisfies Record<string, PermissionEntry>;
