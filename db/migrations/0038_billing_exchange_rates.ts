import { shareGlobalTable } from './sql.ts';

/** By which rates revenue of other currencies is stated in that of the price list. */
export const name = '0038_billing_exchange_rates';

export const up = `
  create table exchange_rates (
    currency text primary key,
    -- What one unit of it is worth, as people write it: "0.92".
    rate text not null,
    set_by text not null,
    set_at timestamptz not null default now()
  );
  ${shareGlobalTable('exchange_rates')}
  create index mrr_movements_flow_idx on mrr_movements (at) include (currency, kind, amount_minor);`;
