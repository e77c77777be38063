/** Every sentence of the support access pages. */
export const supportCopy = {
  title: 'Support access',
  purpose: 'Who at the platform viewed the portal as someone of your team, and why.',
  on: 'Support access is on',
  off: 'Support access is off',
  onText:
    'Administrators of the platform may view the portal as a person of this business for a stated reason, for an hour at most. The person gets an email each time.',
  offText: 'No one at the platform can view the portal as a person of this business.',
  offAbove: 'Support access is turned off for all businesses, so you can’t turn it on here.',
  turnOff: 'Turn off support access',
  turnOn: 'Turn on support access',
  endsOpen: 'Turning it off ends views that are open now.',
  turnedOff: 'Support access is off.',
  turnedOn: 'Support access is on.',
  empty: { title: 'No views yet', text: 'When support views the portal as someone here, it is listed here.' },
  of: (person: string) => `View as ${person}`,
} as const;

/** Every sentence of the page about how people sign in. */
export const securityCopy = {
  title: 'Security',
  purpose: 'How everyone in your business signs in.',
  note: 'Of everyone in your business, you included.',
  required: 'A second factor is required now.',
  notRequired: 'A second factor isn’t required any more.',
} as const;
