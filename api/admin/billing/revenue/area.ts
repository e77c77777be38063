import { z } from 'zod';
import { exchangeRate } from '../../../../db/domain/billing/revenue/exchange.ts';
import { listCurrency } from '../../../../db/domain/billing/plans.ts';
import { movement, movementKinds } from '../../../../db/domain/billing/revenue/movements.ts';
import { listRates, setRate } from '../../../../db/repos/billing/exchange.ts';
import { listMovements, type ListedMovement } from '../../../../db/repos/billing/revenue.ts';
import { MovementsPage } from '../../../../templates/admin/billing/revenue/movements.tsx';
import { revenueCopy as copy } from '../../../../templates/admin/billing/revenue/copy.ts';
import { RatesPage } from '../../../../templates/admin/billing/revenue/rates.tsx';
import { RevenuePage } from '../../../../templates/admin/billing/revenue/revenue.tsx';
import { paths, withQuery } from '../../../../templates/paths.ts';
import { dayMs } from '../../../../db/domain/time.ts';
import { defineAction } from '../../../kit/action.ts';
import type { Area } from '../../../kit/area.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { defineCsv } from '../../../kit/csv.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../../kit/route.ts';
import { optionalParam, paged, pageOf, queryOf } from '../../shared/query.ts';
import { rangeQuery, stretchesOf } from './range.ts';
import { type CurrencyRevenue, readRevenue, type Revenue } from './read.ts';

const minor = z.number().int();
const byKind = z.object(Object.fromEntries(movementKinds.map((kind) => [kind, minor])));
const period = z.object({
  day: z.string(),
  startMinor: minor,
  moved: byKind,
  endMinor: minor,
  customersStart: minor,
  customers: byKind,
  customersEnd: minor,
});
const share = z.number().nullable();
const currencyShape = z.object({
  currency: z.string(),
  periods: z.array(period),
  total: period,
  rates: z.object({
    ...{ arpaMinor: minor.nullable(), customerChurn: share, grossChurn: share, netChurn: share },
    ...{ nrr: share, quickRatio: share },
  }),
  lifetimeMinor: minor.nullable(),
  runningMinor: minor,
  pastDueMinor: minor,
  reconciled: z.boolean(),
});
const revenueShape = z.object({
  currencies: z.array(currencyShape),
  all: currencyShape.nullable(),
  unrated: z.array(z.string()),
  trials: z.object({ ended: minor, converted: minor }),
});

const pageQuery = rangeQuery.extend({ currency: optionalParam(z.string().max(3)) });
const movementsQuery = rangeQuery.omit({ interval: true }).extend({
  currency: optionalParam(z.string().regex(/^[A-Z]{3}$/)),
  kind: optionalParam(z.enum(movementKinds)),
  ...paged,
});
type MovementsQuery = z.output<typeof movementsQuery>;

/** A range of movements has no stretches to be cut by. */
async function readMovements(context: RequestContext, { from, to, ...query }: MovementsQuery) {
  const { timezone } = context.person();
  const range = stretchesOf({ from, to, interval: 'year' }, timezone, Date.now());
  const begins = from
    ? stretchesOf({ from, to: from, interval: 'day' }, timezone, Date.now()).from
    : range.from;
  return context.deps.db.inScope({ ...context.overview(), readOnly: true }, (tx) =>
    listMovements(tx, { ...query, from: begins, to: range.to }),
  );
}

const rowOf = ({ id, at, kind, amountMinor, afterMinor, currency, ...rest }: ListedMovement) => ({
  ...{ id, kind, amountMinor, afterMinor, currency },
  tenant: { id: rest.tenantId, name: rest.tenantName },
  at: at.toISOString(),
  eventHref: rest.eventId === '' ? null : withQuery(paths.audit, { q: rest.eventId }),
});

/** The first and last day of each stretch, by which its movements are found. */
const spansOf = (days: readonly string[], end: Date) =>
  days.map((from, at) => {
    const next = days[at + 1];
    const last = next ? Date.parse(`${next}T00:00:00Z`) - dayMs : end.getTime() - 1;
    return { from, to: new Date(last).toISOString().slice(0, 10) };
  });

const chosenOf = ({ all, currencies }: Revenue, wanted: string | undefined): [string, CurrencyRevenue] => {
  const one = currencies.find(({ currency }) => currency === wanted);
  const [first] = currencies;
  if (one) return [one.currency, one];
  if (all) return ['all', all];
  if (!first) throw new Error('the currency of the price list is always there');
  return [first.currency, first];
};

async function showRevenue(context: RequestContext, { currency, ...query }: z.output<typeof pageQuery>) {
  const found = await readRevenue(context, query);
  const [chosen, figures] = chosenOf(found, currency);
  const currencies = found.currencies.map((one) => one.currency);
  return RevenuePage({
    frame: pageContextOf(context),
    query: queryOf(context, ['from', 'to', 'interval', 'currency']),
    choices: found.all ? ['all', ...currencies] : currencies,
    ...{ chosen, figures, trials: found.trials },
    unrated: chosen === 'all' ? found.unrated : [],
    spans: spansOf(found.stretches.days, found.stretches.to),
  });
}

async function showRates(context: RequestContext, form?: FormState) {
  const rates = await context.deps.db.inScope({ ...context.overview(), readOnly: true }, (tx) =>
    listRates(tx),
  );
  return RatesPage({
    frame: pageContextOf(context),
    currency: listCurrency,
    rates: rates.map((one) => ({ ...one, setAt: one.setAt.toISOString() })),
    maySet: context.can('revenue.manage'),
    ...(form && { form }),
  });
}

/** Recurring revenue, down to the movements and the events behind them. */
export const revenueArea: Area = {
  side: 'admin',
  nav: [],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/revenue',
      access: 'revenue.read',
      summary: 'Monthly recurring revenue by day, month or year: per currency, and all at the stated rates',
      query: rangeQuery,
      response: revenueShape,
      handle: (context, { query }) => readRevenue(context, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/admin/revenue/movements',
      access: 'revenue.read',
      summary: 'Changes of recurring revenue, the newest first; each names the event behind it',
      query: movementsQuery,
      response: pageOf(movement.extend({ at: z.string(), tenantName: z.string() })),
      async handle(context, { query }) {
        const { items, nextCursor } = await readMovements(context, query);
        return { items: items.map((one) => ({ ...one, at: one.at.toISOString() })), nextCursor };
      },
    }),
    definePage({
      path: paths.revenue,
      access: 'revenue.read',
      query: pageQuery,
      show: (context, { query }) => showRevenue(context, query),
    }),
    definePage({
      path: paths.movements,
      access: 'revenue.read',
      query: movementsQuery,
      async show(context, { query }) {
        const { items, nextCursor } = await readMovements(context, query);
        return MovementsPage({
          frame: pageContextOf(context),
          rows: items.map(rowOf),
          query: queryOf(context, ['from', 'to', 'kind', 'currency', 'cursor']),
          currencies: [...new Set([listCurrency, ...items.map(({ currency }) => currency)])],
          nextCursor,
        });
      },
    }),
    defineCsv({
      path: paths.movementsCsv,
      access: 'revenue.read',
      action: 'movements.exported',
      filename: 'revenue-movements.csv',
      query: movementsQuery,
      read: (context, query: MovementsQuery) => readMovements(context, query),
      columns: {
        tenantId: ({ tenantId }) => tenantId,
        tenant: ({ tenantName }) => tenantName,
        kind: ({ kind }) => kind,
        amountMinor: ({ amountMinor }) => amountMinor,
        beforeMinor: ({ beforeMinor }) => beforeMinor,
        afterMinor: ({ afterMinor }) => afterMinor,
        currency: ({ currency }) => currency,
        at: ({ at }) => at.toISOString(),
        subscriptionId: ({ subscriptionId }) => subscriptionId,
        eventId: ({ eventId }) => eventId,
      },
    }),
    definePage({
      path: paths.exchangeRates,
      access: 'revenue.read',
      show: (context) => showRates(context),
    }),
    ...defineAction({
      paths: { api: '/api/admin/revenue/exchange-rates', form: paths.exchangeRates },
      method: 'PUT',
      access: 'revenue.manage',
      whileViewing: 'never',
      summary: 'Set what one unit of a currency is worth in that of the price list',
      body: exchangeRate,
      response: z.object({ currency: z.string(), rate: z.string() }),
      async run(context, { body }) {
        const scope = context.scope('platform');
        await context.deps.db.inScope(scope, (tx) => setRate(tx, body, scope.by.actor.id));
        return body;
      },
      answer: (_context, result) => Promise.resolve(result),
      done: ({ currency }) => copy.rates.saved(currency),
      then: () => paths.exchangeRates,
      rerender: (context, { form }) => showRates(context, form),
    }),
  ],
};
