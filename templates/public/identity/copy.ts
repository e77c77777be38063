const to = (email: string) => (email ? ` to ${email}` : '');
const at = (email: string) => (email ? ` at ${email}` : '');

/** Every sentence of the sign-in page. */
export const signInCopy = {
  already: (email: string) => `Youâre already signed in as ${email}.`,
} as const;

/** What the verification page says, by outcome; `email` is '' when unknown. */
export const verifyEmailCopy = {
  confirmed: {
    title: 'Your email address is confirmed',
    text: (email: string) => `We can now reach you${at(email)}. You can continue setup.`,
  },
  expired: {
    title: 'This link no longer works',
    text: () => 'It has expired or was already used. If your address is confirmed, there’s nothing to do.',
  },
  sent: {
    title: 'Check your inbox',
    text: (email: string) => `We sent a new link${to(email)}. Older links no longer work.`,
  },
} as const;
