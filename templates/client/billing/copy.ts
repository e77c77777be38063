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
