/** Every sentence of the invitation page. */
export const acceptInviteCopy = {
  title: (business: string) => `Join ${business}`,
  purpose: (inviter: string, email: string, role: string) =>
    `${inviter} invited ${email} as ${role}. Choose a password to join.`,
  passwordHelp: (min: number) => `Use ${min} or more characters. Three random words work well.`,
  ended: {
    title: 'This invitation has ended',
    text: 'It expired, was withdrawn or was already accepted. Ask the person who invited you for a new one.',
  },
} as const;
