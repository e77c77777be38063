import { z } from 'zod';
import { reason } from '../common.ts';

/** What is taken off an invoice after it was issued. */
export const creditNote = z.object({
  id: z.string(),
  tenantId: z.string(),
  invoiceId: z.string(),
  number: z.string(),
  /** With tax. */
  amountMinor: z.number().int(),
  taxMinor: z.number().int(),
  currency: z.string(),
  reason: z.string(),
  /** What of it goes back to the card. */
  refundMinor: z.number().int(),
  refundedAt: z.date().nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
});
export type CreditNote = z.output<typeof creditNote>;

/** What is asked for: all that is left of the invoice without an amount. */
export const crediting = z.strictObject({
  amountMinor: z.coerce
    .number()
    .int('Enter a whole number of minor units.')
    .positive('Enter an amount above zero.')
    .optional(),
  /** Give back what was paid; otherwise it is kept as credit for the next invoice. */
  refund: z.preprocess((value) => value === true || value === 'on' || value === 'true', z.boolean()),
  reason,
});
