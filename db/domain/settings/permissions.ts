import type { PermissionEntry } from '../permission-entry.ts';

export const settingsPermissions = {
  'settings.read': { text: 'See what the platform still needs to be told', heldBy: ['superAdmin'] },
} as const satisfies Record<string, PermissionEntry>;
