import type { ToolMoney } from './money.ts';
import type { VendorApi } from './vendor-api.ts';

/** The currency of all lines of a document; lines in several currencies are refused before anything is created. */
export function oneCurrency(lines: readonly { amount: ToolMoney }[], api: Pick<VendorApi, 'refuse'>): string {
  const [currency = '', ...others] = new Set(lines.map(({ amount }) => amount.currency));
  if (others.length > 0) api.refuse('lines', 'All lines of a document are in one currency.');
  return currency;
}
