import type { PermissionEntry } from '../permission-entry.ts';

export const peoplePermissions = {
  'people.read': { text: 'View the user directory', heldBy: ['superAdmin', 'partner'] },
  'people.support': {
    text: 'Help a person: send a new confirmation email',
    heldBy: ['superAdmin', 'partner'],
  },
  'people.offboard': {
    text: 'Take people out of a team and hand over their work',
    heldBy: ['superAdmin'],
    byKey: 'never',
  },
  'people.manage': {
    text: 'Promote, demote, suspend and restrict people',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'team.read': { text: 'View the team', heldBy: ['owner', 'admin', 'member'] },
  'team.manage': {
    text: 'Change roles in the team, suspend and remove people',
    heldBy: ['owner', 'admin'],
    whileViewing: 'never',
    byKey: 'person',
  },
  'team.roles': {
    text: 'Create and change custom roles',
    heldBy: ['owner'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'team.transfer': {
    text: 'Hand over ownership of the business',
    heldBy: ['owner'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'team.invite': {
    text: 'Invite people to the team',
    heldBy: ['owner', 'admin'],
    whileViewing: 'never',
    byKey: 'person',
  },
} as const satisfies Record<string, PermissionEntry>;
