import type { PermissionEntry } from '../permission-entry.ts';

export const peoplePermissions = {
  'people.read': { text: 'See the user directory', heldBy: ['superAdmin', 'partner'] },
  'team.read': { text: 'See the own team', heldBy: ['owner', 'admin', 'member'] },
  'team.invite': { text: 'Invite people into the own team', heldBy: ['owner', 'admin'] },
} as const satisfies Record<string, PermissionEntry>;
