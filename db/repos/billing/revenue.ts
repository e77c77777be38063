import type { MovementKind, Movement } from '../../domain/billing/revenue/movements.ts';
import type { Page, Paging } from '../../domain/common.ts';
import type { Tx } from '../../scope.ts';
import { keysetPage } from '../shared/paging.ts';
import { all } from '../shared/rows.ts';

/** From one moment to before another. */
export interface Range {
  from: Date;
  to: Date;
}

export interface CurrencySum {
  currency: string;
  day: string;
  kind: MovementKind;
  amountMinor: number;
  customers: number;
}

/** Movements in a range by currency, kind and stretch of time; days are of the timezone. */
export async function sumMovements(
  tx: Tx,
  { from, to }: Range,
  { interval, timezone }: { interval: 'day' | 'month' | 'year'; timezone: string },
): Promise<CurrencySum[]> {
  return all<CurrencySum>(
    tx.sql.raw(
      `select currency, kind, to_char(bucket, 'YYYY-MM-DD') as day, amount_minor, customers
       from (select currency, kind, date_trunc(:interval, at at time zone :timezone) as bucket,
         sum(amount_minor)::bigint as amount_minor, count(*)::int as customers
         from mrr_movements where at >= :from and at < :to group by 1, 2, 3) s`,
      { from, to, interval, timezone },
    ),
  );
}

/** Recurring revenue and paying customers at a moment, by currency. */
export async function openingAt(
  tx: Tx,
  at: Date,
): Promise<{ currency: string; amountMinor: number; customers: number }[]> {
  return all(
    tx.sql.raw(
      `select currency, sum(amount_minor)::bigint as amount_minor,
         sum(case kind when 'churn' then -1 when 'new' then 1 when 'reactivation' then 1 else 0 end)::int as customers
       from mrr_movements where at < :at group by 1`,
      { at },
    ),
  );
}

/** What runs now brings, from the subscriptions themselves: all movements must add up to it. */
export async function runningNow(
  tx: Tx,
): Promise<{ currency: string; amountMinor: number; pastDueMinor: number }[]> {
  return all(
    tx.sql.raw(
      `select currency, sum(monthly)::bigint as amount_minor,
         coalesce(sum(monthly) filter (where status = 'pastDue'), 0)::bigint as past_due_minor
       from (select currency, status,
         case interval when 'month' then amount_minor else round(amount_minor / 12.0)::bigint end as monthly
         from subscriptions where status in ('active', 'pastDue')) s group by 1`,
    ),
  );
}

/** Trials that ended in a range, and how many of them went on to pay. */
export async function countTrials(
  tx: Tx,
  { from, to }: Range,
): Promise<{ ended: number; converted: number }> {
  const [row] = await all<{ ended: number; converted: number }>(
    tx.sql.raw(
      `select count(*)::int as ended, count(*) filter (where status in ('active', 'pastDue')
         or cancelled_at > trial_ends_at)::int as converted
       from subscriptions where status <> 'trialing' and trial_ends_at >= :from and trial_ends_at < :to`,
      { from, to },
    ),
  );
  return row ?? { ended: 0, converted: 0 };
}

export type ListedMovement = Movement & { tenantName: string };

/** Movements in a range, the newest first. */
export async function listMovements(
  tx: Tx,
  {
    from,
    to,
    currency,
    kind,
    ...paging
  }: Paging & Range & { currency?: string | undefined; kind?: MovementKind | undefined },
): Promise<Page<ListedMovement>> {
  const query = tx
    .sql('mrr_movements as m')
    .join('tenants as t', 't.id', 'm.tenant_id')
    .where('m.at', '>=', from)
    .where('m.at', '<', to)
    .select('m.*', 't.name as tenant_name', tx.sql.raw('m.at::text as key_0'), 'm.id as key_1');
  if (currency) void query.where({ 'm.currency': currency });
  if (kind) void query.where({ 'm.kind': kind });
  return keysetPage<ListedMovement>(query, {
    columns: ['m.at', 'm.id'],
    types: ['timestamptz', 'text'],
    descending: true,
    ...paging,
  });
}
