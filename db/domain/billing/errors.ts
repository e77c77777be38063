import type { ErrorEntry } from '../error-entry.ts';

export const billingErrors = {
  'plan.not-found': { status: 422, retryable: false, text: 'This plan does not exist.' },
  'plan.limit-exceeded': { status: 422, retryable: false, text: 'Your plan does not include that many.' },
  'payment.declined': { status: 402, retryable: false, text: 'The card was declined.' },
  'payment.gateway-unavailable': {
    status: 503,
    retryable: true,
    text: 'We could not reach the payment provider. Nothing was charged. Please try again.',
  },
  'payment.method-required': { status: 422, retryable: false, text: 'Enter a card.' },
  'invoice.not-found': { status: 404, retryable: false, text: 'There is no such invoice.' },
  'subscription.running': {
    status: 409,
    retryable: false,
    text: 'A subscription is running already. Cancel it before another one begins.',
  },
} as const satisfies Record<string, ErrorEntry>;
