import { z } from 'zod';
import { country, manyLines, text } from '../common.ts';
import { isInUnion, isVatNumber, plainVatNumber } from './tax/vat-numbers.ts';

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());

/** Whom invoices are made out to, as the owner states it. */
export const billingProfile = z
  .strictObject({
    name: text(200, 2),
    address: optional(
      z
        .string()
        .trim()
        .min(5, 'At least 5 characters.')
        .max(400, 'At most 400 characters.')
        .regex(manyLines, 'Leave out control characters.'),
    ),
    country: optional(country),
    vatNumber: optional(z.string().trim().max(30).transform(plainVatNumber)),
  })
  .superRefine(({ country: of, vatNumber }, issues) => {
    if (!vatNumber || (of && isVatNumber(vatNumber, of))) return;
    const message = !of
      ? 'Choose the country of this VAT number.'
      : isInUnion(of)
        ? `This isn’t a VAT number of ${of}. Begin with the country’s two letters.`
        : 'VAT numbers outside the European Union aren’t used. Leave this empty.';
    issues.addIssue({ code: 'custom', path: ['vatNumber'], message });
  });
export type BillingProfile = z.output<typeof billingProfile>;
