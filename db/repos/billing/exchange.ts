import type { ExchangeRate } from '../../domain/billing/revenue/exchange.ts';
import type { Tx } from '../../scope.ts';
import { all, snake } from '../shared/rows.ts';

export type StoredRate = ExchangeRate & { setAt: Date };

export async function listRates(tx: Tx): Promise<StoredRate[]> {
  return all<StoredRate>(tx.sql('exchange_rates').orderBy('currency').select('currency', 'rate', 'set_at'));
}

export async function setRate(tx: Tx, { currency, rate }: ExchangeRate, by: string): Promise<void> {
  await tx
    .sql('exchange_rates')
    .insert(snake({ currency, rate, setBy: by }))
    .onConflict('currency')
    .merge({ rate, set_by: by, set_at: tx.sql.fn.now() });
  tx.record({ action: 'exchange-rate.set', targets: [], data: { currency, rate } });
}
