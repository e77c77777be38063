import { converted } from '../../../../db/domain/billing/revenue/exchange.ts';
import { listCurrency } from '../../../../db/domain/billing/plans.ts';
import {
  lifetimeMonths,
  lifetimeValue,
  type MovementSum,
  periodsOf,
  ratesOf,
  type RevenuePeriod,
  type RevenueRates,
  whole,
} from '../../../../db/domain/billing/revenue/figures.ts';
import { listRates } from '../../../../db/repos/billing/exchange.ts';
import * as revenue from '../../../../db/repos/billing/revenue.ts';
import type { Tx } from '../../../../db/scope.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { midnight, type RangeQuery, type Stretches, stretchesOf } from './range.ts';

/** Figures of one currency, or of all in that of the price list. */
export interface CurrencyRevenue {
  currency: string;
  periods: RevenuePeriod[];
  total: RevenuePeriod;
  rates: RevenueRates;
  lifetimeMinor: number | null;
  /** What runs now, and how much of it is overdue, as the subscriptions say. */
  runningMinor: number;
  pastDueMinor: number;
  /** All movements add up to what runs now. */
  reconciled: boolean;
}

export interface Revenue {
  stretches: Stretches;
  /** One a currency, that of the price list first. */
  currencies: CurrencyRevenue[];
  /** All of them by the stated rates; null with a single currency. */
  all: CurrencyRevenue | null;
  rates: { currency: string; rate: string; setAt: Date }[];
  /** Currencies without a rate, which are in no sum. */
  unrated: string[];
  trials: { ended: number; converted: number };
}

interface Facts {
  sums: revenue.CurrencySum[];
  monthly: revenue.CurrencySum[];
  opening: Awaited<ReturnType<typeof revenue.openingAt>>;
  monthlyOpening: Awaited<ReturnType<typeof revenue.openingAt>>;
  latest: Awaited<ReturnType<typeof revenue.openingAt>>;
  running: Awaited<ReturnType<typeof revenue.runningNow>>;
}

/** Adds up rows of several currencies; `as` says what one is worth, null: it counts nowhere. */
function figuresOf(
  facts: Facts,
  days: { shown: string[]; months: string[] },
  { currency, as }: { currency: string; as: (amountMinor: number, currency: string) => number | null },
): CurrencyRevenue {
  const sumsIn = (rows: readonly revenue.CurrencySum[]): MovementSum[] =>
    rows.flatMap((row) => {
      const amountMinor = as(row.amountMinor, row.currency);
      return amountMinor === null ? [] : [{ ...row, amountMinor }];
    });
  const sumOf = <Row extends { currency: string }>(rows: readonly Row[], of: (row: Row) => number) =>
    rows.reduce((sum, row) => sum + (as(of(row), row.currency) ?? 0), 0);
  const customersOf = (rows: Facts['opening']) =>
    rows.reduce((sum, row) => sum + (as(0, row.currency) === null ? 0 : row.customers), 0);
  const openingOf = (rows: Facts['opening']) => ({
    amountMinor: sumOf(rows, (row) => row.amountMinor),
    customers: customersOf(rows),
  });
  const periods = periodsOf(days.shown, openingOf(facts.opening), sumsIn(facts.sums));
  const months = periodsOf(days.months, openingOf(facts.monthlyOpening), sumsIn(facts.monthly));
  const total = whole(periods);
  if (!total) throw new Error('a range has at least one stretch');
  const rates = ratesOf(total);
  const runningMinor = sumOf(facts.running, (row) => row.amountMinor);
  return {
    ...{ currency, periods, total, rates, runningMinor },
    // The current month is not over.
    lifetimeMinor: lifetimeValue(rates.arpaMinor, months.slice(0, -1)),
    pastDueMinor: sumOf(facts.running, (row) => row.pastDueMinor),
    reconciled: sumOf(facts.latest, (row) => row.amountMinor) === runningMinor,
  };
}

async function readFacts(
  tx: Tx,
  stretches: Stretches,
  months: Stretches,
  query: RangeQuery,
  timezone: string,
): Promise<Facts> {
  return {
    sums: await revenue.sumMovements(tx, stretches, { interval: query.interval, timezone }),
    monthly: await revenue.sumMovements(tx, months, { interval: 'month', timezone }),
    opening: await revenue.openingAt(tx, stretches.from),
    monthlyOpening: await revenue.openingAt(tx, months.from),
    latest: await revenue.openingAt(tx, new Date(8.64e15)),
    running: await revenue.runningNow(tx),
  };
}

const monthsBack = { from: undefined, to: undefined, interval: 'month' } as const;

/** Recurring revenue of everything within reach, in the stretches of time that were asked for. */
export async function readRevenue(context: RequestContext, query: RangeQuery): Promise<Revenue> {
  const { timezone } = context.person();
  const nowMs = Date.now();
  const stretches = stretchesOf(query, timezone, nowMs);
  const all = stretchesOf(monthsBack, timezone, nowMs);
  const monthDays = all.days.slice(-(lifetimeMonths + 1));
  const months = { ...all, days: monthDays, from: midnight(monthDays[0] ?? '', timezone) };
  return context.deps.db.inScope({ ...context.overview(), readOnly: true }, async (tx) => {
    const facts = await readFacts(tx, stretches, months, query, timezone);
    const rates = await listRates(tx);
    const rateOf = new Map(rates.map(({ currency, rate }) => [currency, rate]));
    const found = [...facts.latest, ...facts.running].map(({ currency }) => currency);
    const currencies = [...new Set([listCurrency, ...found.sort()])];
    const days = { shown: stretches.days, months: months.days };
    const only = (currency: string) =>
      figuresOf(facts, days, {
        currency,
        as: (amountMinor, of) => (of === currency ? amountMinor : null),
      });
    const together = () =>
      figuresOf(facts, days, {
        currency: listCurrency,
        as: (amountMinor, of) => converted(amountMinor, of, rateOf),
      });
    return {
      ...{ stretches, rates },
      currencies: currencies.map(only),
      all: currencies.length > 1 ? together() : null,
      unrated: currencies.filter((currency) => converted(0, currency, rateOf) === null),
      trials: await revenue.countTrials(tx, stretches),
    };
  });
}
