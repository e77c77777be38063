import { roleTitles } from '../../db/domain/roles.ts';
import { countText } from '../ui/format.ts';

/** Every sentence of the pages of custom roles. */
export const rolesCopy = {
  title: 'Custom roles',
  purpose: (business: string) =>
    `Roles of ${business} that allow less than Admin or Member. Changes apply immediately to everyone who has the role.`,
  create: 'Create role',
  newTitle: 'New role',
  editTitle: (name: string) => `Role “${name}”`,
  name: 'Name',
  nameHelp: 'What people see, such as “Bookkeeper”.',
  base: 'Based on',
  baseHelp:
    'A custom role can only allow less than the role it’s based on. What that role doesn’t allow is refused.',
  bases: { admin: roleTitles.admin, member: roleTitles.member },
  allowed: 'What this role allows',
  adminOnly: 'Only in roles based on Admin.',
  always: 'Everyone can see the workspace and look after their own account.',
  people: 'People',
  permissions: 'Allows',
  count: (count: number) => countText(count, 'permission', 'permissions'),
  noPeople: 'No one',
  empty: {
    title: 'No custom roles yet',
    text: 'Create one for people who should see less, such as a bookkeeper who needs billing only.',
  },
  save: 'Save role',
  saved: (name: string) => `Role “${name}” saved. It’s already in effect.`,
  created: (name: string) => `Role “${name}” created. Give it to a person on their page.`,
  remove: 'Delete role',
  removeOpen: 'Delete…',
  removeTitle: (name: string) => `Delete role “${name}”?`,
  removeText: 'You can’t undo this. No one has this role.',
  inUse: (names: string) => `You can’t delete this role while people have it: ${names}.`,
  removed: (name: string) => `Role “${name}” deleted.`,
  cancel: 'Cancel',
} as const;
