/** Every sentence of the tax page. */
export const taxesCopy = {
  title: 'Tax',
  purpose: 'How sales are taxed. A change counts for invoices from now on; issued ones stay as they are.',
  seller: {
    title: 'Seller',
    country: 'Country you sell from',
    none: 'Charge no tax',
    inclusive: 'Prices include tax',
    save: 'Save',
    saved: 'The tax settings are saved.',
  },
  how: {
    title: 'How tax is worked out',
    items: [
      'Customers in your own country pay its rate.',
      'Inside the European Union, a business with a VAT number of another member state owes the tax itself (reverse charge).',
      'Everyone else in the Union pays the rate of their own country.',
      'Sales that leave the Union aren’t taxed. The same goes for sales abroad of a seller outside it.',
      'VAT numbers are checked for their form. Whether one is in use is for you to check.',
    ],
  },
  rates: {
    title: 'Rates',
    note: 'Standard rates to start from. Check them before you rely on them.',
    country: 'Country',
    rate: 'Rate',
    set: 'Set a rate',
    percent: 'Rate in percent',
    percentHelp: 'Such as 19 or 8.1',
    submit: 'Set rate',
    saved: (country: string) => `The rate of ${country} is set.`,
  },
} as const;
