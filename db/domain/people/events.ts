/** Events of this capability, each with the label people read in the audit log. */
export const peopleEvents = {
  'user.created': 'Account created',
  'user.removed': 'Account removed',
  'user.email-verified': 'Email address verified',
  'membership.created': 'Joined the team',
  'invitation.created': 'Person invited',
  'invitation.accepted': 'Invitation accepted',
  'invitation.expired': 'Invitation expired',
  'invitation.revoked': 'Invitation revoked',
} as const;
