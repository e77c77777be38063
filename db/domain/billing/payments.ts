import { z } from 'zod';

/** Why a card was refused, as far as it decides what to do next. */
export const declineClasses = [
  'insufficientFunds',
  'expiredCard',
  'doNotHonour',
  'stolenCard',
  'authenticationNeeded',
  /** There is no card, or the gateway no longer knows it. */
  'methodMissing',
  'gatewayDown',
] as const;
export type DeclineClass = (typeof declineClasses)[number];

/** Words of gateways and banks, by what they mean; every other one is a bank that doesn't say. */
const classOf: Readonly<Record<string, DeclineClass>> = {
  insufficient_funds: 'insufficientFunds',
  card_velocity_exceeded: 'insufficientFunds',
  withdrawal_count_limit_exceeded: 'insufficientFunds',
  expired_card: 'expiredCard',
  invalid_expiry_month: 'expiredCard',
  invalid_expiry_year: 'expiredCard',
  stolen_card: 'stolenCard',
  lost_card: 'stolenCard',
  pickup_card: 'stolenCard',
  restricted_card: 'stolenCard',
  fraudulent: 'stolenCard',
  authentication_required: 'authenticationNeeded',
  authentication_not_handled: 'authenticationNeeded',
};

export const declineClassOf = (code: string): DeclineClass => classOf[code] ?? 'doNotHonour';

export const paymentStatuses = ['pending', 'succeeded', 'failed', 'refunded'] as const;

/** One attempt to be paid for an invoice, or money that came another way. */
export const payment = z.object({
  id: z.string(),
  tenantId: z.string(),
  invoiceId: z.string(),
  /** `outside`: not through a gateway. */
  gateway: z.string(),
  /** The gateway's id of the charge; null until it answered, and for what was declined. */
  gatewayRef: z.string().nullable(),
  status: z.enum(paymentStatuses),
  amountMinor: z.number().int(),
  refundedMinor: z.number().int(),
  currency: z.string(),
  declineClass: z.enum(declineClasses).nullable(),
  declineCode: z.string().nullable(),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
});
export type Payment = z.output<typeof payment>;
