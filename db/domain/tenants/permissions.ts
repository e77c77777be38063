import type { PermissionEntry } from '../permission-entry.ts';

export const tenantsPermissions = {
  'tenants.read': { text: 'View tenants', heldBy: ['superAdmin', 'partner'] },
  'tenants.support': {
    text: 'Help a tenant: extend, retry, skip or complete a step',
    heldBy: ['superAdmin', 'partner'],
  },
  'clients.invite': { text: 'Invite clients by a sign-up link', heldBy: ['partner'] },
  'workspace.read': { text: 'View the workspace', heldBy: ['owner', 'admin', 'member'] },
} as const satisfies Record<string, PermissionEntry>;
