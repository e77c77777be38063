import type { ErrorEntry } from '../error-entry.ts';

export const billingErrors = {
  'plan.not-found': { status: 422, retryable: false, refusal: true, text: 'Plan not found.' },
  'plan.limit-exceeded': {
    status: 422,
    retryable: false,
    refusal: true,
    text: 'This exceeds your plan’s limit.',
  },
  'payment.declined': { status: 402, retryable: false, refusal: true, text: 'Your card was declined.' },
  'payment.gateway-unavailable': {
    status: 503,
    retryable: true,
    text: 'We couldn’t reach the payment provider. Nothing was charged. Try again.',
  },
  'payment.method-required': { status: 422, retryable: false, refusal: true, text: 'Enter a card.' },
  'invoice.amount-too-large': {
    status: 422,
    retryable: false,
    refusal: true,
    text: 'That’s more than is left of this invoice.',
  },
  'invoice.not-open': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This invoice can’t be changed any more.',
  },
  'subscription.not-found': { status: 404, retryable: false, refusal: true, text: 'Subscription not found.' },
  'invoice.not-found': { status: 404, retryable: false, refusal: true, text: 'Invoice not found.' },
  'subscription.price-changed': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'The amount due has changed. Nothing was charged. Check it and confirm again.',
  },
  'subscription.ending': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'Your plan is set to end. Keep it first, then change it.',
  },
  'subscription.overdue': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'A payment is overdue. Settle it first, then change your plan.',
  },
  'plan.unknown': { status: 404, retryable: false, refusal: true, text: 'Plan not found.' },
  'plan.taken': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'There is a plan with this key already.',
  },
  'plan.not-sold': {
    status: 422,
    retryable: false,
    refusal: true,
    text: 'The version has no price in this currency and interval.',
  },
  'subscription.other-plan': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'It’s on another plan, or about to change to one.',
  },
  'subscription.on-version': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'It’s on this version already, or moves to it with its next period.',
  },
  'subscription.running': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'You already have a subscription. Cancel it before you start another.',
  },
} as const satisfies Record<string, ErrorEntry>;
