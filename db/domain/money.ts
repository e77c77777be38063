/** An amount in integer minor units (cents; yen has none) and its ISO 4217 currency. */
export interface Money {
  amountMinor: number;
  currency: string;
}

/**
 * Currencies whose minor unit is not a hundredth, by ISO 4217. The runtime's own table follows what is used in cash, and
 * differs between versions.
 */
const digitsOf: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

/** Whether a text has the form of an ISO 4217 code. */
export const isCurrencyCode = (text: string): boolean => /^[A-Z]{3}$/.test(text);

/** Decimal places of a currency (JPY 0, EUR 2, KWD 3). Throws a `RangeError` for what is no ISO 4217 code by its form. */
export function minorDigits(currency: string): number {
  if (!isCurrencyCode(currency)) throw new RangeError(`"${currency}" is no currency`);
  return digitsOf.get(currency) ?? 2;
}

/** Formatters by language and currency: making one takes long, and lists hold hundreds of amounts. */
const formats = new Map<string, Intl.NumberFormat>();

/** "€49.00" in the reader's language. */
export function formatMoney({ amountMinor, currency }: Money, language = 'en'): string {
  const digits = minorDigits(currency);
  const key = `${language} ${currency}`;
  const [minimumFractionDigits, maximumFractionDigits] = [digits, digits];
  const style = { style: 'currency', currency, minimumFractionDigits, maximumFractionDigits } as const;
  const format = formats.get(key) ?? new Intl.NumberFormat(language, style);
  formats.set(key, format);
  return format.format(amountMinor / 10 ** digits);
}
