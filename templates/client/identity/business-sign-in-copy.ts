/** Every sentence of the page about how people of a business sign in. */
export const businessSignInCopy = {
  title: 'Sign-in',
  purpose: 'How the people of your business sign in here.',
  none: {
    title: 'No sign-in provider is available',
    text: 'Your people sign in with email and password. The platform offers no other way yet.',
  },
  form: 'Ways to sign in',
  providers: 'Sign-in providers your people may use',
  providersHelp:
    'Each person connects their account once, with their password or while signed in. People you invite can join with it right away.',
  off: 'Turned off by the platform for now',
  only: 'Refuse passwords: sign in through these providers only',
  onlyHelp:
    'Owners can always sign in with their password, in case a provider is down. People who are signed in stay signed in.',
  submit: 'Save',
  saved: 'Saved. It applies from the next sign-in on.',
  unknown: 'This provider isn’t available any more.',
  noneWorks: 'Choose at least one provider that is available.',
} as const;
