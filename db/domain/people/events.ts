/** Events of this capability, each with the label people read in the audit log. */
export const peopleEvents = {
  'user.created': 'Account created',
  'user.removed': 'Account removed',
  'user.email-verified': 'Email address verified',
  'user.confirmation-resent': 'Confirmation email sent again',
  'user.role-changed': 'Platform role changed',
  'user.suspended': 'Account suspended',
  'user.reactivated': 'Account reactivated',
  'people.exported': 'People exported',
  'team.exported': 'Team exported',
  'person.activity-exported': 'Activity of a person exported',
  'people.changed': 'Many people changed at once',
  'membership.created': 'Joined the team',
  'membership.role-changed': 'Role changed',
  'membership.features-changed': 'Features switched on or off',
  'membership.suspended': 'Access suspended',
  'membership.reactivated': 'Access restored',
  'membership.removed': 'Removed from the team',
  'invitation.reassigned': 'Invitation handed over',
  'ownership.transferred': 'Ownership transferred',
  'role.created': 'Custom role created',
  'role.changed': 'Custom role changed',
  'role.deleted': 'Custom role deleted',
  'invitation.created': 'Person invited',
  'invitation.resent': 'Invitation sent again',
  'invitation.link-replaced': 'Invitation link replaced',
  'invitation.accepted': 'Invitation accepted',
  'invitation.expired': 'Invitation expired',
  'invitation.revoked': 'Invitation revoked',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const peopleTargets = {
  user: 'A person',
  invitation: 'An invitation',
  role: 'A custom role',
} as const;

/** Facts of events that say what they are about, each with the text people read. */
export const peopleSubjects = {
  role: (role: string) => `As ${role}`,
} as const;
