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
  'invoice.not-open': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This invoice can’t be changed any more.',
  },
  'subscription.not-found': { status: 404, retryable: false, refusal: true, text: 'Subscription not found.' },
  'invoice.not-found': { status: 404, retryable: false, refusal: true, text: 'Invoice not found.' },
  'subscription.restricted': {
    status: 402,
    retryable: false,
    refusal: true,
    text: 'A payment is overdue, so nothing can be changed. Pay under Billing to continue.',
  },
  'subscription.suspended': {
    status: 402,
    retryable: false,
    refusal: true,
    text: 'A payment is overdue, so this business is suspended. Pay under Billing to continue.',
  },
  'dunning-policy.not-found': {
    status: 404,
    retryable: false,
    refusal: true,
    text: 'Dunning policy not found.',
  },
  'billing-clock.not-here': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'Only a tenant that pays by the sandbox has a clock of its own.',
  },
  'dunning.not-open': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This invoice isn’t being collected any more.',
  },
  'subscription.running': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'You already have a subscription. Cancel it before you start another.',
  },
} as const satisfies Record<string, ErrorEntry>;
