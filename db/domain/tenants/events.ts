/** Events of this capability, each with the label people read in the audit log. */
export const tenantsEvents = {
  'tenant.created': 'Signed up',
  'tenant.activated': 'Went live',
  'tenant.abandoned': 'Unfinished sign-up closed',
  'tenant.updated': 'Business details changed',
  'tenant.frozen': 'Tenant frozen',
  'tenant.thawed': 'Tenant unfrozen',
  'platform.frozen': 'Platform frozen',
  'platform.thawed': 'Platform unfrozen',
  'tenants.helped': 'Many tenants helped at once',
  'tenants.exported': 'Tenants exported',
  'partner.link-created': 'Sign-up link of a partner created',
  'partner.link-revoked': 'Sign-up link of a partner revoked',
  'view.saved': 'List view saved',
  'view.renamed': 'List view renamed',
  'view.removed': 'List view removed',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const tenantsTargets = {
  tenant: 'The tenant',
  view: 'A saved view',
  partner: 'A partner',
} as const;
