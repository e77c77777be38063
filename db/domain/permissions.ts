import { approvalsPermissions } from './approvals/permissions.ts';
import { auditPermissions } from './audit/permissions.ts';
import { billingPermissions } from './billing/permissions.ts';
import { identityPermissions } from './identity/permissions.ts';
import { integrationsPermissions } from './integrations/permissions.ts';
import { onboardingPermissions } from './onboarding/permissions.ts';
import { peoplePermissions } from './people/permissions.ts';
import { runsPermissions } from './runs/permissions.ts';
import { settingsPermissions } from './settings/permissions.ts';
import { tenantsPermissions } from './tenants/permissions.ts';
import type { PermissionEntry } from './permission-entry.ts';
import { type Role, roleTitles } from './roles.ts';

/** What a person may do. */
export const permissions = {
  ...approvalsPermissions,
  ...auditPermissions,
  ...billingPermissions,
  ...identityPermissions,
  ...integrationsPermissions,
  ...onboardingPermissions,
  ...peoplePermissions,
  ...runsPermissions,
  ...settingsPermissions,
  ...tenantsPermissions,
} as const satisfies Record<string, PermissionEntry>;
export type Permission = keyof typeof permissions;

/** The same by capability, for lists that people choose from. */
export const permissionGroups: readonly { title: string; permissions: readonly Permission[] }[] = (
  [
    ['Account', identityPermissions],
    ['Workspace', { ...tenantsPermissions, ...onboardingPermissions }],
    ['Team', peoplePermissions],
    ['Integrations', integrationsPermissions],
    ['Approvals', approvalsPermissions],
    ['Billing', billingPermissions],
    ['Audit', auditPermissions],
    ['Workflows', runsPermissions],
    ['Settings', settingsPermissions],
  ] as const
).map(([title, group]) => ({ title, permissions: Object.keys(group) as Permission[] }));

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

/** What narrows a role for one person, and for one session. */
export interface Narrowing {
  /** Of a custom role: what it allows, as far as the role it is based on does. */
  custom: readonly string[] | null;
  featuresOff: readonly string[];
  /** Whether an administrator views the portal as this person. */
  viewedAs: boolean;
}

/** What a person may do in one session: the role's permissions without those that something withdraws. */
export function permissionsWithin(role: Role, by: Narrowing): ReadonlySet<Permission> {
  const held = permissionsOf(role);
  if (!by.custom && by.featuresOff.length === 0 && !by.viewedAs) return held;
  return new Set(
    [...held].filter((permission) => {
      const { feature, whileViewing }: PermissionEntry = permissions[permission];
      if (by.viewedAs && whileViewing === 'never') return false;
      if (feature && by.featuresOff.includes(feature)) return false;
      return !by.custom || by.custom.includes(permission);
    }),
  );
}
