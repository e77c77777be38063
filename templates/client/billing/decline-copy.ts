import type { DeclineClass } from '../../../db/domain/billing/payments.ts';

/** Why a card was refused, as its owner is told. */
export const declineWords: Record<DeclineClass, string> = {
  insufficientFunds: 'There wasn’t enough money on the card.',
  expiredCard: 'The card has expired.',
  doNotHonour: 'The bank refused without saying why.',
  stolenCard: 'The card is blocked.',
  authenticationNeeded: 'The bank wants the card holder to confirm the payment.',
  methodMissing: 'There is no card on file.',
  gatewayDown: 'The payment provider couldn’t be reached.',
};
