/** Events of this capability, each with the label people read in the audit log. */
export const billingEvents = {
  'subscription.activated': 'Subscription started',
  'subscription.renewed': 'Subscription renewed',
  'subscription.trial-ended': 'Trial ended',
  'subscription.lapsed': 'Payment overdue',
  'subscription.recovered': 'Overdue payment settled',
  'subscription.access-set': 'Access changed for billing',
  'subscription.reminder-sent': 'Billing reminder sent',
  'subscription.cancelled': 'Subscription cancelled',
  'dunning.started': 'Collection of an overdue invoice started',
  'dunning.retry-requested': 'Payment tried again',
  'dunning.extended': 'Time to pay extended',
  'dunning.cancel-requested': 'Overdue invoice given up',
  'dunning.reminder-sent': 'Payment reminder sent',
  'dunning.ended': 'Collection of an overdue invoice ended',
  'dunning-policy.published': 'Dunning policy version published',
  'dunning-policy.assigned': 'Dunning policy assigned',
  'plan.repriced': 'Plan version published',
  'billing-clock.moved': 'Sandbox clock moved',
  'payment.succeeded': 'Payment received',
  'payment.declined': 'Payment declined',
  'payment.refunded': 'Payment refunded',
  'invoice.finalised': 'Invoice issued',
  'invoice.voided': 'Invoice voided',
  'invoice.uncollected': 'Invoice written off',
  'invoices.exported': 'Invoices exported',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const billingTargets = {
  subscription: 'The subscription',
  plan: 'A plan',
  invoice: 'An invoice',
  payment: 'A payment',
  dunningCase: 'An overdue invoice',
  dunningPolicy: 'A dunning policy',
  charge: 'A charge',
} as const;

/** Facts of events that say what they are about, each with the text people read. */
export const billingSubjects = {
  number: (number: string) => number,
  plan: (key: string) => `Plan: ${key}`,
} as const;
