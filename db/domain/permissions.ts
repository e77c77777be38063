/** What a person may do. The sentence is shown where permissions are listed. */
export const permissions = {
  'tenants.read': 'See tenants and their pages',
  'tenants.support': 'Help a tenant: extend, retry, skip or complete a step',
  'people.read': 'See the user directory',
  'runs.read': 'See workflow runs',
  'runs.control': 'Retry, skip, fail, cancel or terminate runs',
  'processes.trigger': 'Start a process by hand',
  'audit.read': 'See the audit log',
  'audit.verify': 'Check the audit log for tampering',
  'retention.read': 'See what is kept and for how long',
  'workspace.read': 'See the own workspace',
  'onboarding.read': 'See the set-up',
  'onboarding.submit': 'Do the set-up',
  'team.read': 'See the own team',
  'team.invite': 'Invite people into the own team',
  'billing.read': 'See plan and invoices',
  'tools.read': 'See the connected services and their tools',
  'tools.manage': 'Connect services and say who may use their tools',
  'tools.call': 'Use tools',
  'tools.approve': 'Approve what a tool is about to do',
  'registry.read': 'See the registry of services',
  'registry.manage': 'Change the registry of services and approve changed tools',
} as const;
export type Permission = keyof typeof permissions;

const all = Object.keys(permissions) as Permission[];
const platformSide: Permission[] = [
  'tenants.read',
  'tenants.support',
  'people.read',
  'runs.read',
  'runs.control',
  'processes.trigger',
  'audit.read',
  'audit.verify',
  'retention.read',
  'registry.read',
  'registry.manage',
];
const clientSide = all.filter((permission) => !platformSide.includes(permission));

/** What each role may do; a permission that a role does not list is denied. */
export const roles = {
  superAdmin: { title: 'Super admin', permissions: platformSide },
  partner: {
    title: 'Partner',
    permissions: [
      'tenants.read',
      'tenants.support',
      'people.read',
      'runs.read',
      'audit.read',
      'registry.read',
    ],
  },
  owner: { title: 'Owner', permissions: clientSide },
  admin: { title: 'Admin', permissions: clientSide },
  member: {
    title: 'Member',
    permissions: ['workspace.read', 'onboarding.read', 'team.read', 'tools.read', 'tools.call'],
  },
} as const satisfies Record<string, { title: string; permissions: readonly Permission[] }>;
export type Role = keyof typeof roles;

/** Roles a person can hold inside a tenant, strongest first. */
export const tenantRoles = ['owner', 'admin', 'member'] as const;
export type TenantRole = (typeof tenantRoles)[number];

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return new Set(roles[role].permissions);
}
