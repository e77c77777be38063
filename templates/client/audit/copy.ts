/** Every sentence of the page of security events. */
export const securityEventsCopy = {
  title: 'Security events',
  purpose: 'Sign-ins, refused attempts and changes to your team: who, when, from where and on which device.',
  outside: 'Platform support',
} as const;
