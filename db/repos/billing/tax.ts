import { taxFor } from '../../domain/billing/tax/tax.ts';
import type { BilledTo, TaxFacts } from '../../domain/billing/invoices.ts';
import { pricesIncludeTax, sellerCountry } from '../../domain/billing/settings.ts';
import type { Tx } from '../../scope.ts';
import * as settings from '../settings/values.ts';
import { all, snake } from '../shared/rows.ts';

export interface TaxRate {
  country: string;
  /** Hundredths of a percent. */
  bps: number;
}

export async function listTaxRates(tx: Tx): Promise<TaxRate[]> {
  return all<TaxRate>(tx.sql('tax_rates').orderBy('country').select('country', 'bps'));
}

export async function setTaxRate(tx: Tx, { country, bps }: TaxRate, by: string): Promise<void> {
  await tx
    .sql('tax_rates')
    .insert(snake({ country, bps, setBy: by }))
    .onConflict('country')
    .merge({ bps, set_by: by, set_at: tx.sql.fn.now() });
  tx.record({ action: 'tax-rate.set', targets: [], data: { country, bps } });
}

/** How a sale to someone is taxed now. */
export async function taxOf(tx: Tx, buyer: Pick<BilledTo, 'country' | 'vatNumber'>): Promise<TaxFacts> {
  const country = await settings.resolveOfPlatform(tx, sellerCountry);
  const inclusive = await settings.resolveOfPlatform(tx, pricesIncludeTax);
  const rates = new Map((await listTaxRates(tx)).map((rate) => [rate.country, rate.bps]));
  return taxFor({ country, inclusive }, buyer, (of) => rates.get(of) ?? null);
}
