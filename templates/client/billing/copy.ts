/** Every sentence of the billing pages. */
export const billingCopy = {
  purpose: 'Your plan, your card and your invoices.',
  noCard: 'No card on file. You add one when you choose a plan.',
  noPlan: { title: 'No plan yet', text: 'Choose a plan during setup. You aren’t charged until then.' },
  noInvoices: { title: 'No invoices yet', text: 'Your first invoice appears after your first charge.' },
  trialEnds: (day: string, price: string) => `Your free trial ends on ${day}. You’ll then pay ${price}.`,
  view: 'View billing',
  pdfLabel: (number: string) => `PDF of invoice ${number}`,
} as const;

/** Every sentence of the page of billing details. */
export const billingDetailsCopy = {
  title: 'Billing details',
  purpose: 'Whom invoices are made out to. A change counts from the next invoice on.',
  name: 'Name on invoices',
  address: 'Address',
  country: 'Country',
  noCountry: 'Not stated',
  vatNumber: 'VAT number',
  vatHelp: 'Of a business in the European Union, with the country’s letters: DE123456789',
  save: 'Save details',
  saved: 'Your billing details are saved.',
} as const;
