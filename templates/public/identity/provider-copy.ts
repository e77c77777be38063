/** Every sentence of signing in with an account elsewhere. */
export const providerSignInCopy = {
  with: (provider: string) => `Continue with ${provider}`,
} as const;

/** What the page says to people who came from a provider. */
export const continueCopy = {
  cancel: 'Sign in another way',
  password: {
    title: (provider: string) => `Connect ${provider}`,
    text: (account: string, provider: string) =>
      `${account} has an account here. Enter its password once to connect ${provider}; from then on you sign in with ${provider}.`,
    label: 'Password',
    submit: (provider: string) => `Connect ${provider}`,
  },
  invited: (business: string, role: string) => `You also join ${business} as ${role}.`,
  join: {
    title: (business: string) => `Join ${business}`,
    text: (account: string, business: string, role: string) =>
      `${account} is invited to ${business} as ${role}.`,
    submit: 'Join team',
  },
  signUp: {
    title: 'No account yet',
    text: (account: string) =>
      `There is no account for ${account}, and no invitation is open. Sign up your business, or ask an owner or admin of it to invite you.`,
    submit: 'Sign up',
  },
  connect: {
    title: (provider: string) => `Connect ${provider}`,
    text: (account: string, provider: string, own: string) =>
      `Connect ${account} at ${provider} to your account ${own}? Anyone who can sign in there can then sign in here as you.`,
    submit: (provider: string) => `Connect ${provider}`,
    cancel: 'Don’t connect',
  },
} as const;

/** What the page of a person's sign-in methods says. */
export const methodsCopy = {
  title: 'Sign-in methods',
  purpose: 'Accounts elsewhere with which you can sign in here.',
  card: 'Sign-in methods',
  cardText: 'Sign in with an account you have elsewhere.',
  open: 'Manage sign-in methods',
  none: {
    title: 'No sign-in provider for you',
    text: 'You sign in with email and password.',
    allowing: 'Your business allows no sign-in provider yet.',
    allow: 'Choose providers',
  },
  connected: 'Connected. You can sign in with it from now on.',
  removed: 'Disconnected. It can’t be used to sign in any more.',
  notConnected: 'Not connected',
  connect: (provider: string) => `Connect ${provider}`,
  remove: 'Disconnect',
  keepPassword:
    'Your password keeps working, unless your business refuses passwords. Without one, ask for a new password on the sign-in page.',
} as const;
