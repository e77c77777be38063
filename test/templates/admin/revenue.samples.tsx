import { periodsOf, ratesOf, type RevenuePeriod, whole } from '../../../db/domain/billing/revenue/figures.ts';
import { movementKinds } from '../../../db/domain/billing/revenue/movements.ts';
import { MovementsPage } from '../../../templates/admin/billing/revenue/movements.tsx';
import { RatesPage } from '../../../templates/admin/billing/revenue/rates.tsx';
import { RevenuePage, type RevenuePageProps } from '../../../templates/admin/billing/revenue/revenue.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days } from '../sample.ts';
import { idOf, pick, rows, tenantAt } from './rows.ts';

const months = Array.from({ length: 12 }, (_, at) =>
  new Date(Date.UTC(2026, at, 1)).toISOString().slice(0, 10),
);

function figuresOf(scale: number): RevenuePageProps['figures'] {
  const periods = periodsOf(
    months,
    { amountMinor: 40_000 * scale, customers: 8 * scale },
    months.flatMap((day, at) =>
      movementKinds.map((kind) => ({
        ...{ day, kind, customers: scale },
        amountMinor: (kind === 'churn' || kind === 'contraction' ? -900 : 2_400) * ((at % 4) + 1) * scale,
      })),
    ),
  );
  const total = whole(periods) as RevenuePeriod;
  const facts = { runningMinor: total.endMinor, pastDueMinor: 4_900 * scale, reconciled: true };
  return { currency: 'EUR', periods, total, rates: ratesOf(total), lifetimeMinor: 230_000 * scale, ...facts };
}

const page = (changes: Partial<RevenuePageProps> = {}): RevenuePageProps => ({
  ...{ frame: adminFrame('/admin/revenue'), query: {}, choices: ['EUR'], chosen: 'EUR', unrated: [] },
  figures: figuresOf(1),
  trials: { ended: 9, converted: 6 },
  spans: months.map((from) => ({ from, to: from })),
  ...changes,
});

export const samples: readonly PageSample[] = [
  { name: 'revenue', html: () => renderPage(<RevenuePage {...page()} />) },
  {
    name: 'revenue empty',
    html: () =>
      renderPage(<RevenuePage {...page({ figures: figuresOf(0), trials: { ended: 0, converted: 0 } })} />),
  },
  {
    name: 'revenue that does not add up, in several currencies',
    html: () =>
      renderPage(
        <RevenuePage
          {...page({
            ...{ choices: ['all', 'EUR', 'USD'], chosen: 'all', unrated: ['USD'] },
            figures: { ...figuresOf(100_000), reconciled: false, runningMinor: 1 },
          })}
        />,
      ),
  },
  {
    name: 'revenue movements',
    html: () =>
      renderPage(
        <MovementsPage
          frame={adminFrame('/admin/revenue/movements')}
          query={{ kind: 'new' }}
          currencies={['EUR', 'USD']}
          nextCursor="c2"
          rows={rows(50, (index) => ({
            ...{ id: idOf('mrr', index), tenant: tenantAt(index), at: ago(index * days), currency: 'EUR' },
            kind: pick(movementKinds, index),
            ...{ amountMinor: index % 5 === 3 ? -4_900 : 14_900, afterMinor: 14_900 * index },
            eventHref: index === 3 ? null : '/admin/audit?q=evt_1',
          }))}
        />,
      ),
  },
  {
    name: 'exchange rates',
    html: () =>
      renderPage(
        <RatesPage
          frame={adminFrame('/admin/revenue/exchange-rates')}
          currency="EUR"
          rates={[{ currency: 'USD', rate: '0.92', setAt: ago(days) }]}
          maySet
        />,
      ),
  },
];
