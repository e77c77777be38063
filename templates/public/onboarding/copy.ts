/** Sentences of the sign-up page. */
export const signUpCopy = {
  purpose: 'You’ll set up your business next, and can pause at any step.',
  emailHelp: 'We send a link to this address to confirm it’s yours.',
  passwordHelp: (min: number) => `Use ${min} or more characters. Three random words work well.`,
  charge: 'You choose a plan later. Nothing is charged today.',
  partner: (name: string) => `${name} invited you and will see your setup to help you with it.`,
  ended: 'This sign-up link no longer works',
  without: 'Sign up without it',
} as const;
