import type { LedgerAccount } from '../../../../db/domain/billing/ledger.ts';

/** Every sentence of the pages of invoices. */
export const invoicesCopy = {
  title: 'Invoices',
  purpose: 'What tenants were billed and what is still open.',
  number: 'Number',
  draft: 'Draft',
  states: {
    draft: 'Draft',
    open: 'Open',
    overdue: 'Overdue',
    paid: 'Paid',
    void: 'Void',
    uncollectible: 'Written off',
  },
  empty: {
    title: 'No invoices yet',
    text: 'The first invoice is issued when a tenant’s trial ends, or when it pays at sign-up.',
  },
  invoice: (number: string) => `Invoice ${number}`,
  facts: {
    tenant: 'Tenant',
    billedTo: 'Billed to',
    issued: 'Issued',
    due: 'Due',
    period: 'Period',
    tax: 'Tax',
    left: 'Still to be paid',
  },
  lines: 'Lines',
  description: 'Description',
  amount: 'Amount',
  subtotal: 'Subtotal',
  taxLine: (rate: string) => `Tax ${rate}`,
  total: 'Total',
  treatments: {
    none: 'Not taxed',
    standard: (rate: string, country: string | null) => `${rate} of ${country ?? 'the seller’s country'}`,
    reverseCharge: 'Reverse charge: the customer owes the tax',
  },
  payments: {
    title: 'Payments',
    none: 'No payment was tried yet.',
    when: 'When',
    how: 'How',
    outside: 'Outside the platform',
    state: 'State',
    why: 'Why',
  },
  notes: {
    title: 'Credit notes',
    number: 'Number',
    reason: 'Reason',
    refund: 'Refunded',
    kept: 'Kept as credit',
  },
  ledger: {
    title: 'Ledger',
    note: 'The entries of a transaction add up to zero.',
    account: 'Account',
    debit: 'Debit',
    credit: 'Credit',
    when: 'When',
    accounts: {
      receivable: 'Receivable',
      revenue: 'Revenue',
      tax: 'Tax owed',
      gateway: 'Payment gateway',
      bank: 'Bank',
      credit: 'Credit of the tenant',
      writeOff: 'Written off',
    } satisfies Record<LedgerAccount, string>,
  },
  acts: {
    settle: {
      open: 'Record a payment',
      title: (number: string) => `Record a payment for ${number}`,
      happens: (amount: string) =>
        `The invoice counts as paid: ${amount} came in outside the platform, such as by bank transfer.`,
      submit: 'Record payment',
      done: 'The payment is recorded.',
    },
    credit: {
      open: 'Credit note',
      title: (number: string) => `Credit note for ${number}`,
      happens:
        'The amount is taken off the invoice, with its share of the tax. The note gets a number of its own.',
      amount: 'Amount in minor units',
      amountHelp: (text: string) => `14900 is ${text}. Leave it empty for all that is left.`,
      refund: 'Refund what was paid',
      refundHelp: 'Otherwise it’s kept as credit and used for the next invoice.',
      submit: 'Issue credit note',
      done: (number: string) => `Credit note ${number} is issued.`,
    },
    void: {
      open: 'Void',
      title: (number: string) => `Void ${number}`,
      happens: 'Nothing is owed for it any more. It keeps its number.',
      submit: 'Void invoice',
      done: 'The invoice is void.',
    },
    writeOff: {
      open: 'Write off',
      title: (number: string) => `Write off ${number}`,
      happens: 'No one expects this money any more. The loss is booked.',
      submit: 'Write off',
      done: 'The invoice is written off.',
    },
  },
} as const;

/** "19 %", "8.1 %". */
export const rateText = (bps: number): string => `${bps / 100} %`;
