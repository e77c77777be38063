import type { PermissionEntry } from '../permission-entry.ts';

export const peoplePermissions = {
  'people.read': { text: 'View the user directory', heldBy: ['superAdmin', 'partner'] },
  'people.support': {
    text: 'Help a person: send a new confirmation email',
    heldBy: ['superAdmin', 'partner'],
  },
  'team.read': { text: 'View the team', heldBy: ['owner', 'admin', 'member'] },
  'team.manage': { text: 'Change roles in the team and remove people', heldBy: ['owner', 'admin'] },
  'team.transfer': { text: 'Hand over ownership of the business', heldBy: ['owner'] },
  'team.invite': { text: 'Invite people to the team', heldBy: ['owner', 'admin'] },
} as const satisfies Record<string, PermissionEntry>;
