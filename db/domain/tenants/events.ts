/** Events of this capability, each with the label people read in the audit log. */
export const tenantsEvents = {
  'tenant.created': 'Signed up',
  'tenant.activated': 'Went live',
  'tenant.abandoned': 'Unfinished sign-up closed',
  'tenant.updated': 'Business details changed',
  'view.saved': 'View of a list saved',
  'view.renamed': 'View of a list renamed',
  'view.removed': 'View of a list removed',
} as const;
