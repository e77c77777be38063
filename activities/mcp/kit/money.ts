import * as z from 'zod';
import { minorDigits } from '../../../db/domain/money.ts';

/** Amounts in tools: an integer of the currency's minor unit (cents; yen has none; a dinar has 1,000 fils). */
export const moneySchema = z.strictObject({
  minor: z.int().describe('Amount in minor units: 1050 is 10.50 EUR, 1050 JPY, 1.050 KWD'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'Use a three-letter currency code')
    .describe('ISO 4217 code'),
});
export type ToolMoney = z.output<typeof moneySchema>;

/** An amount to charge, so it is above zero. */
export const positiveMoneySchema = moneySchema.extend({ minor: z.int().positive() });

/** `{minor: 1050, currency: 'EUR'}` → "10.50", for vendors that use decimal major units. */
export function toMajorText({ minor, currency }: ToolMoney): string {
  const digits = minorDigits(currency);
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * The same as a JSON number, for vendors that take numbers. Throws for amounts with more digits than a double can hold.
 */
export function toMajorNumber(money: ToolMoney): number {
  const amount = Number(toMajorText(money));
  if (fromMajor(amount, money.currency).minor !== money.minor)
    throw new RangeError('The amount is too large.');
  return amount;
}

/**
 * "10.50" or 10.5 and EUR → `{minor: 1050, currency: 'EUR'}`. Reads the digits, never multiplies, so nothing is
 * rounded. Throws for text that isn't an amount, and for non-zero digits beyond the currency's.
 */
export function fromMajor(amount: string | number, currency: string): ToolMoney {
  const digits = minorDigits(currency);
  const text = typeof amount === 'number' ? plain(amount) : amount.trim();
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is no amount`);
  const [, sign = '', whole = '0', rest = ''] = match;
  if (/[1-9]/.test(rest.slice(digits))) throw new RangeError(`"${text}" has more digits than ${currency}`);
  const minor = Number(`${sign}${whole}${rest.slice(0, digits).padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(minor)) throw new RangeError(`"${text}" is too large`);
  return { minor: minor === 0 ? 0 : minor, currency };
}

/**
 * An estimate that is never paid (the value of a deal), where amounts may have more digits than the currency: those are
 * cut off. Null for no amount. Use `fromMajor` for amounts that are paid.
 */
export function estimateFromMajor(
  amount: string | number | null | undefined,
  currency: string | null | undefined,
): ToolMoney | null {
  if (amount === null || amount === undefined || amount === '' || !currency) return null;
  const text = typeof amount === 'number' ? plain(amount) : amount.trim();
  const digits = minorDigits(currency);
  return fromMajor(
    text.replace(/(\.\d*)$/, (rest) => (digits === 0 ? '' : rest.slice(0, digits + 1))),
    currency,
  );
}

/** A number without exponent. */
function plain(amount: number): string {
  return Number.isInteger(amount) ? amount.toFixed(0) : String(amount);
}
