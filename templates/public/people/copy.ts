/** Every sentence of the invitation page. */
export const acceptInviteCopy = {
  code: 'Code from your authenticator app',
  codeHelp: 'Your account has a second factor. A backup code works too.',
  title: (business: string) => `Join ${business}`,
  purpose: {
    newAccount: (inviter: string, email: string, role: string) =>
      `${inviter} invited ${email} as ${role}. Choose a password to join.`,
    password: (inviter: string, email: string, role: string) =>
      `${inviter} invited ${email} as ${role}. This address already has an account: enter its password to join.`,
    signedIn: (inviter: string, email: string, role: string) =>
      `${inviter} invited you (${email}) as ${role}. You join with the account you’re signed in with.`,
    otherAccount: (inviter: string, email: string, role: string) => `${inviter} invited ${email} as ${role}.`,
    platformAccount: (inviter: string, email: string) => `${inviter} invited ${email}.`,
  },
  several: 'You keep access to your other businesses and can switch between them in the account menu.',
  other: (viewer: string) =>
    `You’re signed in as ${viewer}. Sign out, then open the link in the email again to join.`,
  platform:
    'This address belongs to an account that manages the platform, which can’t join a team. Ask for an invitation to another address.',
  passwordHelp: (min: number) => `Use ${min} or more characters. Three random words work well.`,
  ended: {
    title: 'This invitation has ended',
    text: 'It expired, was withdrawn or was already accepted. Ask the person who invited you for a new one.',
  },
} as const;

/** Every sentence of the page of a person's businesses. */
export const businessesCopy = {
  title: 'Your businesses',
  purpose: 'The businesses you belong to. You work in one at a time.',
  current: 'You’re here',
  open: (business: string) => `Switch to ${business}`,
  switched: (business: string) => `You’re now in ${business}.`,
  none: { title: 'No businesses', text: 'Your account manages the platform and belongs to no business.' },
} as const;
