import type { PermissionEntry } from '../permission-entry.ts';

export const integrationsPermissions = {
  'tools.read': { text: 'See the connected services and their tools', heldBy: ['owner', 'admin', 'member'] },
  'tools.manage': { text: 'Connect services and say who may use their tools', heldBy: ['owner', 'admin'] },
  'tools.call': { text: 'Use tools', heldBy: ['owner', 'admin', 'member'] },
  'registry.read': { text: 'See the registry of services', heldBy: ['superAdmin', 'partner'] },
  'registry.manage': {
    text: 'Change the registry of services and approve changed tools',
    heldBy: ['superAdmin'],
  },
} as const satisfies Record<string, PermissionEntry>;
