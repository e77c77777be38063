/** An amount in integer minor units (cents; yen has none) and its ISO 4217 currency. */
export interface Money {
  amountMinor: number;
  currency: string;
}

/** Decimal places of a currency from the ICU data of the runtime (JPY 0, EUR 2, KWD 3). */
export function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** "€49.00" in the reader's language. */
export function formatMoney(money: Money, language = 'en'): string {
  const digits = minorDigits(money.currency);
  return new Intl.NumberFormat(language, { style: 'currency', currency: money.currency }).format(
    money.amountMinor / 10 ** digits,
  );
}
