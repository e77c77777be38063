import { approvalsPermissions } from './approvals/permissions.ts';
import { auditPermissions } from './audit/permissions.ts';
import { billingPermissions } from './billing/permissions.ts';
import { integrationsPermissions } from './integrations/permissions.ts';
import { onboardingPermissions } from './onboarding/permissions.ts';
import { peoplePermissions } from './people/permissions.ts';
import { runsPermissions } from './runs/permissions.ts';
import { settingsPermissions } from './settings/permissions.ts';
import { tenantsPermissions } from './tenants/permissions.ts';
import type { PermissionEntry } from './permission-entry.ts';
import { type Role, roleTitles } from './roles.ts';

/** What a person may do, by capability. */
export const permissions = {
  ...approvalsPermissions,
  ...auditPermissions,
  ...billingPermissions,
  ...integrationsPermissions,
  ...onboardingPermissions,
  ...peoplePermissions,
  ...runsPermissions,
  ...settingsPermissions,
  ...tenantsPermissions,
} as const satisfies Record<string, PermissionEntry>;
export type Permission = keyof typeof permissions;

const entries = Object.entries(permissions) as [Permission, PermissionEntry][];
const rolesByPermissions = new Map(
  (Object.keys(roleTitles) as Role[]).map((role) => [
    role,
    new Set(entries.filter(([, { heldBy }]) => heldBy.includes(role)).map(([permission]) => permission)),
  ]),
);

/** What a role may do; a permission that does not list the role is denied. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return rolesByPermissions.get(role) ?? new Set();
}
