/** What a field is called where its label is out of reach; the rest reads from its name. */
const titles: Readonly<Record<string, string>> = {
  email: 'Email',
  planKey: 'Plan',
  start: 'Begin',
  interval: 'Pay',
  mode: 'Website',
  url: 'Address',
  brief: 'What it should say',
  acceptTerms: 'Terms',
  number: 'Card number',
  expMonth: 'Month',
  expYear: 'Year',
  cvc: 'Security code',
  minor: 'In the smallest unit, such as cents',
  ownerName: 'Your name',
};

/** "legalName" and "card.legalName" read "Legal name". */
export function fieldTitle(path: string): string {
  const name = path.split('.').at(-1) ?? path;
  const known = titles[name];
  if (known) return known;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
