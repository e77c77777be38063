/** Sentences of the sign-up page. */
export const signUpCopy = {
  title: 'Create your account',
  signIn: 'Sign in',
  purpose: 'You’ll set up your business next, and can pause at any step.',
  emailHelp: 'We send a link to this address to confirm it’s yours.',
  passwordHelp: (min: number) => `Use ${min} or more characters. Three random words work well.`,
  business: 'Business name',
  name: 'Your name',
  email: 'Email',
  password: 'Password',
  place: 'Timezone and language',
  timezone: 'Timezone',
  language: 'Language of emails',
  submit: 'Create account',
  nameTaken: 'This name is taken.',
  charge: 'You choose a plan later. Nothing is charged today.',
  partner: (name: string) => `${name} invited you and will see your setup to help you with it.`,
  ended: 'This sign-up link no longer works',
  without: 'Sign up without it',
  apply: {
    before: 'The',
    terms: 'terms',
    and: 'and the',
    privacy: 'privacy page',
    after: 'apply.',
  },
} as const;

/** Sentences of the page after the sign-up; they are the same for every address. */
export const checkEmailCopy = {
  title: 'Check your email',
  signIn: 'Sign in',
  text: (email: string) =>
    `We sent an email to ${email}. Open it in this browser and confirm your address to continue.`,
  help: 'No email after a minute? Check the spelling and your spam folder.',
  resend: 'Resend email',
  change: 'Use another address',
  local: 'This installation delivers to a local mailbox:',
  mailbox: 'open it',
} as const;
