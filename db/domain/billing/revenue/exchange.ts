import { z } from 'zod';
import { minorDigits } from '../../money.ts';
import { listCurrency } from '../plans.ts';
import { rounded } from '../rates.ts';

/** What one unit of a currency is worth in that of the price list, as people write it: "0.92". */
export const exchangeRate = z.object({
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/, 'Use a three-letter currency code')
    .refine((code) => code !== listCurrency, { error: `${listCurrency} needs no rate.` }),
  rate: z
    .string()
    .trim()
    .regex(/^\d{1,9}(\.\d{1,9})?$/, 'Enter a number such as 0.92.')
    .refine((text) => Number(text) > 0, { error: 'The rate is above zero.' }),
});
export type ExchangeRate = z.output<typeof exchangeRate>;

/** An amount in the currency of the price list, rounded once; null where there is no rate. Minor units. */
export function converted(
  amountMinor: number,
  currency: string,
  rates: ReadonlyMap<string, string>,
): number | null {
  if (currency === listCurrency) return amountMinor;
  const rate = rates.get(currency);
  if (rate === undefined) return null;
  const [whole = '0', rest = ''] = rate.split('.');
  const shift = minorDigits(listCurrency) - minorDigits(currency) - rest.length;
  const top = BigInt(amountMinor) * BigInt(whole + rest);
  return shift >= 0
    ? rounded({ top: top * 10n ** BigInt(shift), bottom: 1n })
    : rounded({ top, bottom: 10n ** BigInt(-shift) });
}
