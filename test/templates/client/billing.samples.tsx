import type { PageSample } from '../gallery.tsx';
import { ago, clientFrame, days } from '../sample.ts';
import { BillingDetailsPage } from '../../../templates/client/billing/details.tsx';
import { countryOptions } from '../../../templates/shared/places.ts';
import { BillingPage, type ShownSubscription } from '../../../templates/client/billing/billing.tsx';
import { CancelPlanPage } from '../../../templates/client/billing/cancel-plan.tsx';
import { ChangeCardPage } from '../../../templates/client/billing/change-card.tsx';
import { ChangePlanPage, type PlanPreview } from '../../../templates/client/billing/change-plan.tsx';
import { InvoicePage } from '../../../templates/client/billing/invoice.tsx';
import { unpaidBannerCopy } from '../../../templates/layout/copy.ts';
import { renderPage } from '../../../templates/layout/render.ts';

export const card = { brand: 'Visa', last4: '4242', expMonth: 4, expYear: 2028 };

const invoices = Array.from({ length: 6 }, (_, index) => ({
  id: `inv_${index}`,
  number: `2026-${String(120 - index).padStart(4, '0')}`,
  status: index === 0 ? ('open' as const) : ('paid' as const),
  total: { amountMinor: 4900, currency: 'EUR' },
  issuedAt: ago((index * 30 + 2) * days),
}));

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const subscription: ShownSubscription = {
  ...{ planTitle: 'Growth', status: 'active', price: euros(14_900), interval: 'month', seats: 3 },
  ...{ trialEndsAt: null, periodEnd: ago(-12 * days), endsAt: null, pending: null },
  ...{ canKeep: false, mayManage: true, card },
};

const planOf = (key: string, title: string, month: number, each: number | null) => ({
  ...{ key, title, summary: 'For a team that sells every day.' },
  prices: { month: euros(month), year: euros(month * 10) },
  seats: each === null ? null : { included: 3, each: euros(each) },
});
const plans = [
  planOf('starter', 'Starter', 4_900, null),
  planOf('growth', 'Growth', 14_900, 900),
  planOf('scale', 'Scale', 39_900, 700),
];
const current = { planKey: 'growth', interval: 'month', seats: 3 } as const;
const line = (description: string, amountMinor: number) => ({
  ...{ description, amount: euros(amountMinor), periodStart: ago(0), periodEnd: ago(-12 * days) },
});
const next = { at: ago(-12 * days), amount: euros(39_900) };
const upgrade: PlanPreview = {
  ...{ when: 'now', same: null, dueNow: euros(12_096), next },
  lines: [line('Unused time on Growth', -7_210), line('Remaining time on Scale', 19_306)],
};
const changing = {
  ...{ frame: clientFrame('/app/billing/plan'), plans, current, requestKey: 'key-of-the-sample' },
};

export const samples: readonly PageSample[] = [
  {
    name: 'billing-ending',
    html: () =>
      renderPage(
        <BillingPage
          frame={clientFrame('/app/billing')}
          subscription={{ ...subscription, endsAt: ago(-12 * days), canKeep: true }}
          {...{ overdue: [], requestKey: 'key-of-the-sample', invoices: [], nextCursor: null, query: {} }}
        />,
      ),
  },
  {
    name: 'billing-changing',
    html: () =>
      renderPage(
        <BillingPage
          frame={clientFrame('/app/billing')}
          subscription={{ ...subscription, pending: { kind: 'plan', title: 'Starter' }, canKeep: true }}
          {...{ overdue: [], requestKey: 'key-of-the-sample', invoices: [], nextCursor: null, query: {} }}
        />,
      ),
  },
  {
    name: 'change-plan',
    html: () => renderPage(<ChangePlanPage {...changing} chosen={current} preview={null} />),
  },
  {
    name: 'change-plan-now',
    html: () =>
      renderPage(
        <ChangePlanPage {...changing} chosen={{ ...current, planKey: 'scale' }} preview={upgrade} />,
      ),
  },
  {
    name: 'change-plan-declined',
    html: () =>
      renderPage(
        <ChangePlanPage
          {...changing}
          chosen={{ ...current, planKey: 'scale' }}
          preview={upgrade}
          form={{ problem: 'Your card has insufficient funds.' }}
        />,
      ),
  },
  {
    name: 'change-plan-later',
    html: () =>
      renderPage(
        <ChangePlanPage
          {...changing}
          chosen={{ ...current, planKey: 'starter' }}
          preview={{
            when: 'periodEnd',
            lines: [],
            same: null,
            dueNow: euros(0),
            next: { ...next, amount: euros(4_900) },
          }}
        />,
      ),
  },
  {
    name: 'change-plan-wrong',
    html: () =>
      renderPage(
        <ChangePlanPage
          {...{ ...changing, chosen: current, preview: null }}
          choice={{ values: { ...current, seats: 'many' }, errors: { seats: 'Enter a number.' } }}
        />,
      ),
  },
  {
    name: 'cancel-plan',
    html: () =>
      renderPage(
        <CancelPlanPage
          {...{ frame: clientFrame('/app/billing/cancel'), planTitle: 'Growth', until: ago(-12 * days) }}
          requestKey="key-of-the-sample"
        />,
      ),
  },
  {
    name: 'change-card',
    html: () =>
      renderPage(
        <ChangeCardPage
          frame={clientFrame('/app/billing/card')}
          card={card}
          form={{ errors: { 'card.number': 'Your card was declined.' }, problem: '' }}
        />,
      ),
  },
  {
    name: 'billing',
    html: () =>
      renderPage(
        <BillingPage
          frame={clientFrame('/app/billing')}
          overdue={[]}
          subscription={subscription}
          requestKey="key-of-the-sample"
          invoices={invoices}
          nextCursor="c2"
          total={31}
          query={{}}
        />,
      ),
  },
  {
    name: 'billing-overdue',
    html: () =>
      renderPage(
        <BillingPage
          frame={clientFrame('/app/billing', {
            banners: [
              {
                kind: 'warning',
                text: unpaidBannerCopy.restricted,
                action: { title: unpaidBannerCopy.pay, href: '/app/billing' },
              },
            ],
          })}
          overdue={[
            {
              invoiceId: 'inv_0',
              number: '2026-0120',
              due: { amountMinor: 4900, currency: 'EUR' },
              cause: 'insufficientFunds',
              retryAt: ago(-2 * days),
              rung: { kind: 'suspend', at: ago(-12 * days) },
            },
            {
              invoiceId: 'inv_1',
              number: '2026-0119',
              due: { amountMinor: 4900, currency: 'EUR' },
              cause: 'stolenCard',
              retryAt: null,
              rung: { kind: 'cancel', at: ago(-12 * days) },
            },
          ]}
          subscription={{ ...subscription, status: 'pastDue' }}
          requestKey="key-of-the-sample"
          invoices={invoices}
          nextCursor={null}
          query={{}}
        />,
      ),
  },
  {
    name: 'billing-empty',
    html: () =>
      renderPage(
        <BillingPage
          frame={clientFrame('/app/billing')}
          overdue={[]}
          subscription={null}
          requestKey="key-of-the-sample"
          invoices={[]}
          nextCursor={null}
          query={{}}
        />,
      ),
  },
  {
    name: 'invoice',
    html: () =>
      renderPage(
        <InvoicePage
          frame={clientFrame('/app/billing/invoices/inv_1')}
          invoice={{
            id: 'inv_1',
            number: '2026-0119',
            status: 'paid',
            billedTo: 'Panadería Rivera S.L.',
            issuedAt: ago(32 * days),
            paidAt: ago(32 * days),
            periodStart: ago(32 * days),
            periodEnd: ago(2 * days),
            lines: [{ description: 'Growth, one month', amount: { amountMinor: 4900, currency: 'EUR' } }],
            total: { amountMinor: 4900, currency: 'EUR' },
          }}
        />,
      ),
  },
  {
    name: 'billing details',
    html: () =>
      renderPage(
        <BillingDetailsPage
          frame={clientFrame('/app/billing/details')}
          details={{
            name: 'Rivera & Filhos Lda',
            address: 'Rua Nova 1',
            country: 'PT',
            vatNumber: 'PT123456789',
          }}
          countries={countryOptions()}
        />,
      ),
  },
];
