import type { DeclineClass } from '../../../db/domain/billing/payments.ts';
import type { Interval } from '../../../db/domain/billing/plans.ts';
import { countText } from '../../ui/format.ts';

/** The fields of a card. */
export const cardCopy = {
  title: 'Change card',
  purpose: 'The new card is checked now and charged from the next payment on.',
  number: 'Card number',
  month: 'Month',
  year: 'Year',
  securityCode: 'Security code',
  privacy: 'Card details go straight to the payment provider. We keep only the last four digits.',
  current: (card: string, until: string) => `Now: ${card}, valid until ${until}.`,
  save: 'Save card',
  pending: 'Checking the card…',
  saved: 'Card saved. It’s charged from the next payment on.',
  keep: 'Keep the current card',
} as const;

/** Every sentence of changing and cancelling a plan. */
export const changeCopy = {
  title: 'Change plan',
  purpose: 'Choose what you need. You see what it costs before anything changes.',
  plan: 'Plan',
  yours: 'Your plan',
  interval: 'Billing',
  monthly: 'Monthly',
  yearly: 'Yearly',
  seats: 'Seats',
  seatsHelp: 'One for each person on your team.',
  price: (price: string, interval: Interval) => `${price} a ${interval}`,
  perSeat: (included: number, each: string) =>
    `${countText(included, 'seat', 'seats')} included, ${each} for each more`,
  show: 'Show what it costs',
  costs: 'What you pay',
  today: (amount: string) => `You pay ${amount} today.`,
  nothingToday: 'You pay nothing today.',
  fromThen: (day: string, amount: string, interval: Interval) => `From ${day}: ${amount} a ${interval}.`,
  then: (day: string, amount: string) => `Next charge: ${amount} on ${day}.`,
  waits: (day: string) => `You keep your current plan until ${day}, as it’s paid until then.`,
  unchanged: 'That’s your plan already. Choose something else to see what it costs.',
  drops: 'The change that was planned is cancelled.',
  caption: 'What you pay today',
  line: 'Description',
  period: 'Period',
  amount: 'Amount',
  due: 'Due today',
  pay: (amount: string) => `Pay ${amount} and change plan`,
  change: 'Change plan',
  schedule: (day: string) => `Change plan on ${day}`,
  pending: 'Changing your plan…',
  slow: 'Your plan is being changed. This is taking longer than usual. You can leave this page.',
  changed: 'Your plan is changed.',
  scheduled: 'Your plan changes at the end of the period.',
  changes: (plan: string, day: string) => `Changes to ${plan} on ${day}.`,
  newPrice: (day: string) => `A new price applies from ${day}.`,
  ends: (day: string) => `Your plan ends on ${day}. Nothing is charged after that.`,
  keep: 'Keep my plan',
  kept: 'You keep your plan.',
  cancel: 'Cancel plan',
  back: 'Back to billing',
} as const;

/** Every sentence of the page that cancels a plan. */
export const cancelCopy = {
  title: 'Cancel plan',
  purpose: (plan: string) => `Choose when ${plan} ends.`,
  when: 'When',
  atEnd: (day: string) => `On ${day}`,
  atEndText:
    'You use everything until then. Nothing is charged after that, and you can change your mind until then.',
  now: 'Now',
  nowText: 'Your plan ends immediately. What you’ve paid for the rest of the period isn’t refunded.',
  stays: 'Your data and invoices stay. Invoices that are open are still due.',
  submit: 'Cancel plan',
  keep: 'Keep my plan',
  endsThen: 'Your plan ends at the end of the period.',
  ended: 'Your plan is cancelled.',
} as const;

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
