import * as z from 'zod';
import { minorDigits } from '../../../db/domain/money.ts';
import { fromMajor, type ToolMoney } from './money.ts';

/** Millionths of a currency's major unit, as Google writes them in JSON: a text of digits. */
export const microsSchema = z.union([z.string().regex(/^-?\d+$/), z.int()]);

/** `{minor: 1050, currency: 'EUR'}` → "10500000". */
export function toMicros({ minor, currency }: ToolMoney): string {
  return (BigInt(minor) * 10n ** BigInt(6 - minorDigits(currency))).toString();
}

/** "10500000" and EUR → `{minor: 1050, currency: 'EUR'}`; averages in reports lose the digits below the minor unit. */
export function fromMicros(micros: string | number, currency: string): ToolMoney {
  const minor = BigInt(micros) / 10n ** BigInt(6 - minorDigits(currency));
  return { minor: Number(minor), currency };
}

/**
 * A metric in major units with any number of digits, also as "1.2E7" or absent: report values, so digits below the
 * minor unit are dropped. Use `fromMajor` for amounts that are paid.
 */
export function metricMoney(amount: string | number | null | undefined, currency: string): ToolMoney {
  const given = String(amount ?? 0);
  const text = /e/i.test(given) ? Number(given).toFixed(6) : given;
  const [whole = '0', rest = ''] = text.split('.');
  const digits = rest.slice(0, minorDigits(currency));
  return fromMajor(digits ? `${whole}.${digits}` : whole, currency);
}
