import type { PermissionEntry } from '../permission-entry.ts';

export const identityPermissions = {
  'account.secure': {
    text: 'Change the own password, second factor, sessions and keys',
    heldBy: ['superAdmin', 'partner', 'owner', 'admin', 'member'],
    whileViewing: 'never',
    whileUnpaid: 'always',
    byKey: 'never',
  },
  'account.edit': {
    text: 'Change the own profile',
    heldBy: ['superAdmin', 'partner', 'owner', 'admin', 'member'],
    whileUnpaid: 'always',
    byKey: 'never',
  },
  'tenant.secure': {
    text: 'Require a second factor of everyone in the business',
    heldBy: ['owner'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'platform.secure': {
    text: 'Require a second factor of administrators',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'sessions.revoke': {
    text: 'See and end the sessions of other people, require a new password, and remove a second factor',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'people.view-as': {
    text: 'View the portal as another person',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'views.manage': {
    text: 'See views as another person and their certificates, and end them',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'support-access.manage': {
    text: 'See who viewed the business for support, and turn support access on or off',
    heldBy: ['owner'],
    whileViewing: 'never',
    whileUnpaid: 'always',
    byKey: 'never',
  },
  'keys.manage': {
    text: 'Create, rotate and revoke API keys of the business and its agents',
    heldBy: ['owner', 'admin'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'keys.oversee': {
    text: 'See the API keys of all tenants and revoke them',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'access.restrict': {
    text: 'Restrict from which addresses administrators work',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'providers.manage': {
    text: 'Set up sign-in providers and turn them on or off',
    heldBy: ['superAdmin'],
    whileViewing: 'never',
  },
  'sign-in.manage': {
    text: 'Choose how people of the business sign in',
    heldBy: ['owner', 'admin'],
    whileViewing: 'never',
  },
} as const satisfies Record<string, PermissionEntry>;
