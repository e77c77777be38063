import type { PermissionEntry } from '../permission-entry.ts';

export const peoplePermissions = {
  'people.read': { text: 'View the user directory', heldBy: ['superAdmin', 'partner'] },
  'team.read': { text: 'View the team', heldBy: ['owner', 'admin', 'member'] },
  'team.invite': { text: 'Invite people to the team', heldBy: ['owner', 'admin'] },
} as const satisfies Record<string, PermissionEntry>;
