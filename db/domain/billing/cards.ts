import { z } from 'zod';
import { text } from '../common.ts';

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
