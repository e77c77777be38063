/** Events of this capability, each with the label people read in the audit log. */
export const billingEvents = {
  'subscription.activated': 'Subscription started',
  'subscription.cancelled': 'Subscription cancelled',
  'payment.succeeded': 'Payment received',
  'payment.declined': 'Payment declined',
  'payment.refunded': 'Payment refunded',
  'invoice.finalised': 'Invoice issued',
  'invoice.voided': 'Invoice voided',
} as const;
