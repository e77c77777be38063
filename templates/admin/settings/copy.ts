/** What Home says until the operator's details are entered. */
export const imprintNeed = {
  sentence: 'Your imprint, terms and privacy page don’t name you yet.',
  button: 'Enter your imprint',
} as const;
