/** Events of this capability, each with the label people read in the audit log. */
export const identityEvents = {
  'session.opened': 'Signed in',
  'session.refused': 'Sign-in refused',
  'session.closed': 'Signed out',
  'permission.refused': 'Permission denied',
} as const;
