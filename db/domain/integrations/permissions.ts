import type { PermissionEntry } from '../permission-entry.ts';

export const integrationsPermissions = {
  'tools.read': {
    text: 'View integrations and their tools',
    heldBy: ['owner', 'admin', 'member'],
    feature: 'integrations',
  },
  'tools.manage': {
    text: 'Connect integrations and manage tool access',
    heldBy: ['owner', 'admin'],
    feature: 'integrations',
  },
  'tools.call': { text: 'Use tools', heldBy: ['owner', 'admin', 'member'], feature: 'integrations' },
  'registry.read': { text: 'View the server registry', heldBy: ['superAdmin', 'partner'] },
  'registry.manage': {
    text: 'Manage the server registry and approve changed tools',
    heldBy: ['superAdmin'],
  },
} as const satisfies Record<string, PermissionEntry>;
