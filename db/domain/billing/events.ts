/** Events of this capability, each with the label people read in the audit log. */
export const billingEvents = {
  'subscription.activated': 'Subscription started',
  'subscription.renewed': 'Subscription renewed',
  'subscription.trial-ended': 'Trial ended',
  'subscription.lapsed': 'Payment overdue',
  'subscription.recovered': 'Overdue payment settled',
  'subscription.access-set': 'Access changed for billing',
  'subscription.reminder-sent': 'Billing reminder sent',
  'subscription.changed': 'Subscription changed',
  'subscription.change-scheduled': 'Subscription change scheduled',
  'subscription.end-scheduled': 'Subscription set to end',
  'subscription.kept': 'Subscription kept as it was',
  'subscription.card-changed': 'Card changed',
  'subscription.cancelled': 'Subscription cancelled',
  'plan.created': 'Plan created',
  'plan.repriced': 'Plan version published',
  'exchange-rate.set': 'Exchange rate set',
  'movements.exported': 'Revenue movements exported',
  'plan.offered': 'Plan offered again',
  'plan.withdrawn': 'Plan withdrawn from sale',
  'subscriptions.exported': 'Subscriptions exported',
  'billing-clock.moved': 'Sandbox clock moved',
  'payment.succeeded': 'Payment received',
  'payment.declined': 'Payment declined',
  'payment.refunded': 'Payment refunded',
  'invoice.finalised': 'Invoice issued',
  'invoice.voided': 'Invoice voided',
  'invoice.handled': 'Invoice settled, voided or written off by an administrator',
  'invoice.written-off': 'Invoice written off',
  'invoice.credited': 'Invoice credited',
  'credit.spent': 'Credit used for an invoice',
  'billing-profile.changed': 'Billing details changed',
  'tax-rate.set': 'Tax rate set',
  'tax.set': 'Tax settings changed',
  'invoices.exported': 'Invoices exported',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const billingTargets = {
  subscription: 'The subscription',
  plan: 'A plan',
  invoice: 'An invoice',
  payment: 'A payment',
  charge: 'A charge',
} as const;

/** Facts of events that say what they are about, each with the text people read. */
export const billingSubjects = {
  number: (number: string) => number,
  plan: (key: string) => `Plan: ${key}`,
} as const;
