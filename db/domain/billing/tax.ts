import type { TaxFacts } from './invoices.ts';
import { rounded } from './rates.ts';

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
