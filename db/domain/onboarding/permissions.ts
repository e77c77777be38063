import type { PermissionEntry } from '../permission-entry.ts';

export const onboardingPermissions = {
  'onboarding.read': { text: 'View the setup', heldBy: ['owner', 'admin', 'member'] },
  'onboarding.submit': { text: 'Complete the setup', heldBy: ['owner', 'admin'], byKey: 'person' },
} as const satisfies Record<string, PermissionEntry>;
