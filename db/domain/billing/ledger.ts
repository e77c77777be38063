/** Accounts of the double-entry ledger. Positive entries are debits. */
export const ledgerAccounts = [
  'receivable',
  'revenue',
  'tax',
  /** Money at the payment gateway. */
  'gateway',
  /** Money received elsewhere. */
  'bank',
  /** What a tenant has in credit. */
  'credit',
  'writeOff',
] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

export interface Posting {
  account: LedgerAccount;
  amountMinor: number;
}

interface Sums {
  subtotalMinor: number;
  taxMinor: number;
  totalMinor: number;
}

const nonZero = (postings: Posting[]): Posting[] => postings.filter(({ amountMinor }) => amountMinor !== 0);

/** An invoice was issued. */
export const invoiceIssued = ({ subtotalMinor, taxMinor, totalMinor }: Sums): Posting[] =>
  nonZero([
    { account: 'receivable', amountMinor: totalMinor },
    { account: 'revenue', amountMinor: -subtotalMinor },
    { account: 'tax', amountMinor: -taxMinor },
  ]);

/** The same taken back: voided, or credited in part. */
export const invoiceReversed = (sums: Sums): Posting[] =>
  invoiceIssued(sums).map(({ account, amountMinor }) => ({ account, amountMinor: -amountMinor }));

/** Money came in for an invoice. */
export const paymentReceived = (amountMinor: number, into: 'gateway' | 'bank'): Posting[] =>
  nonZero([
    { account: into, amountMinor },
    { account: 'receivable', amountMinor: -amountMinor },
  ]);

/** Money went back. */
export const paymentRefunded = (amountMinor: number, from: 'gateway' | 'bank'): Posting[] =>
  paymentReceived(-amountMinor, from);

/** What is owed will not be paid. */
export const invoiceWrittenOff = (amountMinor: number): Posting[] =>
  nonZero([
    { account: 'writeOff', amountMinor },
    { account: 'receivable', amountMinor: -amountMinor },
  ]);
