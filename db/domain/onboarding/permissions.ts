import type { PermissionEntry } from '../permission-entry.ts';

export const onboardingPermissions = {
  'onboarding.read': { text: 'See the set-up', heldBy: ['owner', 'admin', 'member'] },
  'onboarding.submit': { text: 'Do the set-up', heldBy: ['owner', 'admin'] },
} as const satisfies Record<string, PermissionEntry>;
