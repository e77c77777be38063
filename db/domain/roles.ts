/** Titles of the roles a person can hold. */
export const roleTitles = {
  superAdmin: 'Super admin',
  partner: 'Partner',
  owner: 'Owner',
  admin: 'Admin',
  member: 'Member',
} as const;
export type Role = keyof typeof roleTitles;

/** Roles a person can hold inside a tenant, strongest first. */
export const tenantRoles = ['owner', 'admin', 'member'] as const;
export type TenantRole = (typeof tenantRoles)[number];
