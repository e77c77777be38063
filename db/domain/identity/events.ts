/** Events of this capability, each with the label people read in the audit log. */
export const identityEvents = {
  'session.opened': 'Signed in',
  'session.refused': 'Sign-in refused',
  'session.closed': 'Signed out',
  'session.ended': 'Sessions ended',
  'session.switched': 'Switched business',
  'permission.refused': 'Permission denied',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const identityTargets = {
  session: 'A session',
  route: 'A page or action',
} as const;

/** Facts of events that say what they are about, each with the text people read. */
export const identitySubjects = {
  account: (masked: string) => masked,
} as const;
