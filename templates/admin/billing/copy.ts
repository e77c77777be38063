/** Every sentence of the invoices page. */
export const invoicesCopy = {
  purpose: 'What tenants were billed and what is still open.',
  empty: {
    title: 'No invoices yet',
    text: 'The first invoice is issued when a tenant’s trial ends, or when it pays at sign-up.',
  },
} as const;
