/** Events of this capability, each with the label people read in the audit log. */
export const identityEvents = {
  'session.opened': 'Signed in',
  'session.refused': 'Sign-in refused',
  'session.closed': 'Signed out',
  'permission.refused': 'Permission denied',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const identityTargets = {
  session: 'A session',
  route: 'A page or action',
} as const;
