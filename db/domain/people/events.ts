/** Events of this capability, each with the label people read in the audit log. */
export const peopleEvents = {
  'user.created': 'Account created',
  'user.removed': 'Account removed',
  'user.email-verified': 'Email address verified',
  'user.confirmation-resent': 'Confirmation email sent again',
  'people.exported': 'People exported',
  'membership.created': 'Joined the team',
  'membership.role-changed': 'Role changed',
  'membership.removed': 'Removed from the team',
  'ownership.transferred': 'Ownership transferred',
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
} as const;

/** Facts of events that say what they are about, each with the text people read. */
export const peopleSubjects = {
  role: (role: string) => `As ${role}`,
} as const;
