import type { BilledTo, TaxFacts } from '../invoices.ts';
import { isInUnion, isVatNumber } from './vat-numbers.ts';
import { rounded } from '../rates.ts';

/** Tax on a sum of lines and the sum without and with it; each rounded once, on the whole. */
export function withTax(
  linesMinor: number,
  { bps, inclusive, treatment }: Pick<TaxFacts, 'bps' | 'inclusive' | 'treatment'>,
): { subtotalMinor: number; taxMinor: number; totalMinor: number } {
  const rate = treatment === 'standard' ? BigInt(bps) : 0n;
  const sum = BigInt(linesMinor);
  if (inclusive) {
    const taxMinor = rounded({ top: sum * rate, bottom: 10_000n + rate });
    return { subtotalMinor: linesMinor - taxMinor, taxMinor, totalMinor: linesMinor };
  }
  const taxMinor = rounded({ top: sum * rate, bottom: 10_000n });
  return { subtotalMinor: linesMinor, taxMinor, totalMinor: linesMinor + taxMinor };
}

/** Without any tax: a seller that is not set up to charge it. */
export const untaxed: TaxFacts = { treatment: 'none', bps: 0, inclusive: false, country: null };

export interface Seller {
  /** Null: it is not set up to charge tax. */
  country: string | null;
  /** Its prices contain the tax. */
  inclusive: boolean;
}

/**
 * How a sale is taxed. At home by the rate of the seller's country. Within the European Union a business with a VAT number
 * of another country owes the tax itself; everyone else pays that of their own country. What leaves the Union, or a
 * seller outside it, is not taxed. `rateOf` gives hundredths of a percent.
 */
export function taxFor(
  { country: home, inclusive }: Seller,
  { country: away, vatNumber }: Pick<BilledTo, 'country' | 'vatNumber'>,
  rateOf: (country: string) => number | null,
): TaxFacts {
  if (home === null) return untaxed;
  const country = away ?? home;
  const standard = (of: string): TaxFacts => {
    const bps = rateOf(of) ?? 0;
    return { treatment: bps > 0 ? 'standard' : 'none', bps, inclusive, country: of };
  };
  if (country === home) return standard(home);
  const none: TaxFacts = { treatment: 'none', bps: 0, inclusive, country };
  if (!isInUnion(home) || !isInUnion(country)) return none;
  if (vatNumber && isVatNumber(vatNumber, country)) return { ...none, treatment: 'reverseCharge' };
  return standard(country);
}
