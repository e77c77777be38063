import type { DeclineClass } from '../../../db/domain/billing/payments.ts';

/** Why a payment failed, in the customer's words. */
const causes: Readonly<Record<DeclineClass, string>> = {
  insufficientFunds: 'Your bank says there isn’t enough money on the card.',
  expiredCard: 'The card has expired.',
  doNotHonour: 'Your bank declined the card without giving a reason.',
  stolenCard: 'Your bank doesn’t allow this card any more.',
  authenticationNeeded: 'Your bank wants you to confirm the payment.',
  methodMissing: 'There is no card on file.',
  gatewayDown: 'The payment provider couldn’t be reached.',
};

/** What a client reads about an invoice whose payment failed. */
export const overdueCopy = {
  title: (number: string) => `Invoice ${number} wasn’t paid`,
  amount: 'Amount due',
  cause: 'What happened',
  causes,
  retry: 'We try again',
  noRetry: 'Not automatically. Enter another card.',
  rung: {
    restrict: 'Changes are stopped',
    suspend: 'The business is suspended',
    cancel: 'The subscription is cancelled',
  },
  unlessPaid: 'unless it’s paid before',
  tryNow: 'Try again now',
  paid: 'The payment worked. Thank you. Everything is open again.',
  refused: 'The card was declined again. Enter another card, or ask your bank.',
} as const;

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
