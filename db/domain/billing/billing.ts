import { z } from 'zod';
import { text } from '../common.ts';

export const intervals = ['month', 'year'] as const;
export type Interval = (typeof intervals)[number];

export const plan = z.object({
  key: z.string(),
  title: z.string(),
  summary: z.string(),
  currency: z.string().length(3),
  monthlyMinor: z.number().int(),
  yearlyMinor: z.number().int(),
  trialDays: z.number().int(),
  maxTools: z.number().int(),
  maxAgents: z.number().int(),
  position: z.number().int(),
});
export type Plan = z.infer<typeof plan>;

export function priceOf(plan: Plan, interval: Interval): { amountMinor: number; currency: string } {
  return {
    amountMinor: interval === 'month' ? plan.monthlyMinor : plan.yearlyMinor,
    currency: plan.currency,
  };
}

/** A card as entered. Exchanged for a token at the edge; never stored, logged or passed to a workflow. */
export const card = z.object({
  number: z
    .string()
    .transform((value) => value.replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{12,19}$/, 'Enter the card number.')),
  expMonth: z.coerce.number('Enter the month.').int().min(1, 'From 1 to 12.').max(12, 'From 1 to 12.'),
  expYear: z.coerce
    .number('Enter the year.')
    .int()
    .transform((year) => (year < 100 ? 2000 + year : year))
    .pipe(z.number().min(2000, 'Enter the year.').max(2100, 'Enter the year.')),
  cvc: z
    .string()
    .trim()
    .regex(/^\d{3,4}$/, 'Three or four digits.'),
});
export type Card = z.infer<typeof card>;

/** What is stored of a card: the gateway's token, and the details by which the owner recognises it. */
export const paymentMethod = z.object({
  id: text(100),
  brand: text(30),
  last4: z.string().regex(/^\d{4}$/),
  expMonth: z.number().int(),
  expYear: z.number().int(),
});
export type PaymentMethod = z.infer<typeof paymentMethod>;

const brandTitles: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

/** "Visa ending in 4242"; an unknown brand is just a card. */
export function cardTitle({ brand, last4 }: Pick<PaymentMethod, 'brand' | 'last4'>): string {
  return `${brandTitles[brand.toLowerCase()] ?? 'Card'} ending in ${last4}`;
}

export const subscriptionStatuses = ['trialing', 'active', 'pastDue', 'cancelled'] as const;
export const subscription = z.object({
  id: z.string(),
  tenantId: z.string(),
  planKey: z.string(),
  interval: z.enum(intervals),
  status: z.enum(subscriptionStatuses),
  amountMinor: z.number().int(),
  currency: z.string(),
  paymentMethod,
  trialEndsAt: z.date().nullable(),
  periodStart: z.date(),
  periodEnd: z.date(),
  createdAt: z.date(),
  cancelledAt: z.date().nullable(),
});
export type Subscription = z.infer<typeof subscription>;

export const invoice = z.object({
  id: z.string(),
  tenantId: z.string(),
  subscriptionId: z.string(),
  number: z.string(),
  /** The legal name of the business when the invoice was issued. */
  billedTo: z.string(),
  status: z.enum(['open', 'paid', 'void']),
  description: z.string(),
  totalMinor: z.number().int(),
  currency: z.string(),
  periodStart: z.date(),
  periodEnd: z.date(),
  issuedAt: z.date(),
  paidAt: z.date().nullable(),
});
export type Invoice = z.infer<typeof invoice>;

export function addInterval(from: Date, interval: Interval): Date {
  const months = interval === 'month' ? 1 : 12;
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return to;
}
