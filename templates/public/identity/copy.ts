/** Every sentence of the sign-in page. */
export const signInCopy = {
  already: (email: string) => `Youâre already signed in as ${email}.`,
} as const;

/** What the verification page says, by outcome. */
export const verifyEmailCopy = {
  confirm: 'Confirm email address',
  ask: { title: 'Confirm your email address', text: 'One click, and we know that emails reach you here.' },
  confirmed: { title: 'Your email address is confirmed', text: 'You can continue setup.' },
  already: {
    title: 'Your email address is already confirmed',
    text: 'There’s nothing more to do.',
  },
  expired: {
    title: 'This link no longer works',
    text: 'It has expired or was already used. If your address is confirmed, there’s nothing to do.',
  },
} as const;
