import { idOf, pick, rows, tenantAt } from './rows.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days } from '../sample.ts';
import { InvoicesPage } from '../../../templates/admin/billing/invoices/list.tsx';
import type { AdminInvoiceRow } from '../../../templates/admin/billing/invoices/list.tsx';
import {
  AdminInvoicePage,
  type AdminInvoiceProps,
} from '../../../templates/admin/billing/invoices/invoice.tsx';
import { TaxesPage } from '../../../templates/admin/billing/taxes/taxes.tsx';
import { PlanFormPage } from '../../../templates/admin/billing/plans/plan-form.tsx';
import { PlanPage } from '../../../templates/admin/billing/plans/plan.tsx';
import { PlansPage } from '../../../templates/admin/billing/plans/plans.tsx';
import {
  type SubscriptionRow,
  SubscriptionsPage,
} from '../../../templates/admin/billing/subscriptions/subscriptions.tsx';
import type { Price } from '../../../db/domain/billing/plans.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { countryOptions } from '../../../templates/shared/places.ts';

export const invoiceRows = (count: number): AdminInvoiceRow[] =>
  rows(count, (index) => ({
    id: idOf('inv', index),
    number: `2026-${String(900 - index).padStart(5, '0')}`,
    tenant: tenantAt(index),
    status: pick(['open', 'paid', 'paid', 'void'] as const, index),
    total: { amountMinor: pick([1900, 4900, 129_000], index), currency: pick(['EUR', 'USD'], index) },
    issuedAt: ago(index * days),
    dueAt: ago(index * days),
    paidAt: index % 4 === 1 || index % 4 === 2 ? ago(index * days) : null,
  }));

const invoiceProps: AdminInvoiceProps = {
  frame: adminFrame('/admin/invoices/inv_1'),
  invoice: {
    ...{ id: 'inv_1', number: 'BIZ-2026-000042', status: 'open', tenant: tenantAt(1) },
    billedTo: 'Rivera & Filhos Lda, Rua Nova 1, Lisboa, PT, PT123456789',
    ...{
      issuedAt: ago(9 * days),
      dueAt: ago(2 * days),
      periodStart: ago(9 * days),
      periodEnd: ago(-21 * days),
    },
    taxText: '23 % of PT',
    lines: [
      { description: 'Growth, one month', amountMinor: 14_900 },
      { description: '3 seats, one month', amountMinor: 4_500 },
    ],
    ...{ subtotalMinor: 19_400, taxMinor: 4_462, totalMinor: 23_862, leftMinor: 11_931, currency: 'EUR' },
  },
  payments: [
    {
      ...{
        id: 'pay_1',
        at: ago(8 * days),
        how: 'sandbox',
        status: 'failed',
        amountMinor: 23_862,
        refundedMinor: 0,
      },
      why: 'There wasn’t enough money on the card.',
    },
    {
      ...{
        id: 'pay_2',
        at: ago(7 * days),
        how: 'Outside the platform',
        status: 'succeeded',
        amountMinor: 11_931,
      },
      ...{ refundedMinor: 0, why: null },
    },
  ],
  notes: [
    {
      id: 'crn_1',
      number: 'CN-2026-000007',
      reason: 'Price agreed on the phone',
      amountMinor: 100,
      refundMinor: 0,
    },
  ],
  entries: [
    { id: 'led_1', at: ago(9 * days), account: 'receivable', amountMinor: 23_862 },
    { id: 'led_2', at: ago(9 * days), account: 'revenue', amountMinor: -19_400 },
    { id: 'led_3', at: ago(9 * days), account: 'tax', amountMinor: -4_462 },
  ],
  acts: ['settle', 'credit', 'void', 'writeOff'],
  requestKey: 'key-12345678',
};
const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
export const subscriptionRows = (count: number): SubscriptionRow[] =>
  rows(count, (index) => ({
    ...{
      id: idOf('sub', index),
      tenant: tenantAt(index),
      planTitle: pick(['Starter', 'Growth', 'Scale'], index),
    },
    planVersion: pick([1, 1, 2], index),
    status: pick(['active', 'trialing', 'pastDue', 'active', 'cancelled'] as const, index),
    price: euros(pick([4_900, 149_000, 39_900], index)),
    interval: pick(['month', 'year', 'month'] as const, index),
    seats: pick([1, 12, 4], index),
    next: {
      kind: pick(['renews', 'trialEnds', 'renews', 'ends', 'ended'] as const, index),
      at: ago(-index * days),
    },
    pendingTitle: index % 7 === 3 ? 'Starter' : null,
    startedAt: ago((index + 40) * days),
    runHref: index % 5 === 4 ? null : `/admin/workflows/run_${index}`,
  }));
const listProps = {
  frame: adminFrame('/admin/subscriptions'),
  plans: [{ value: 'growth', label: 'Growth' }],
  nextCursor: null,
};
const priceOf = (interval: 'month' | 'year', flatMinor: number): Price => ({
  ...{ currency: 'EUR', interval, flatMinor },
  seats: {
    ...{ included: 3, tiering: 'graduated' },
    tiers: [{ upTo: null, unit: { amountMinor: 900, per: 1 }, flatMinor: 0 }],
  },
  usage: [{ meter: 'agent-tokens', included: 0, tiering: 'graduated', tiers: [] }],
});
const growth = { key: 'growth', title: 'Growth', summary: 'For a team that sells every day.', version: 2 };
const versionOf = (version: number, subscriptions: number) => ({
  ...{
    version,
    trialDays: 14,
    limits: { tools: 15, agents: 3 },
    createdAt: ago(version * days),
    subscriptions,
  },
  note: version === 1 ? null : 'Costs of the payment provider went up.',
});
const planProps = {
  frame: adminFrame('/admin/plans/growth'),
  prices: [priceOf('month', 14_900), priceOf('year', 149_000)],
  versions: [versionOf(2, 12), versionOf(1, 3)],
  ...{ mayManage: true, maySeeSubscriptions: true },
};
const planRow = (key: string, title: string, month: number, isOffered = true) => ({
  ...{
    key,
    title,
    isOffered,
    version: 2,
    subscriptions: 15,
    monthly: euros(month),
    yearly: euros(month * 10),
  },
});

export const samples: readonly PageSample[] = [
  {
    name: 'subscriptions',
    html: () =>
      renderPage(
        <SubscriptionsPage
          {...{ ...listProps, rows: subscriptionRows(50), query: {}, nextCursor: 'c2', total: 1_001 }}
          counts={
            new Map([
              ['active', 900],
              ['trialing', 90],
              ['pastDue', 11],
            ] as const)
          }
        />,
      ),
  },
  {
    name: 'subscriptions-no-match',
    html: () =>
      renderPage(<SubscriptionsPage {...listProps} rows={[]} query={{ q: 'nothing' }} counts={new Map()} />),
  },
  {
    name: 'subscriptions-empty',
    html: () => renderPage(<SubscriptionsPage {...listProps} rows={[]} query={{}} counts={new Map()} />),
  },
  {
    name: 'plans',
    html: () =>
      renderPage(
        <PlansPage
          frame={adminFrame('/admin/plans')}
          rows={[planRow('growth', 'Growth', 14_900), planRow('old', 'Old', 2_900, false)]}
          mayManage
        />,
      ),
  },
  {
    name: 'plans-empty',
    html: () => renderPage(<PlansPage frame={adminFrame('/admin/plans')} rows={[]} mayManage />),
  },
  {
    name: 'plan',
    html: () => renderPage(<PlanPage {...planProps} plan={{ ...growth, isOffered: true }} />),
  },
  {
    name: 'plan-withdrawn',
    html: () => renderPage(<PlanPage {...planProps} plan={{ ...growth, isOffered: false }} />),
  },
  {
    name: 'plan-new-version',
    html: () =>
      renderPage(
        <PlanFormPage
          {...{ frame: adminFrame('/admin/plans/growth/new-version'), plan: growth, hasKept: true }}
          form={{
            values: { prices: { r1: { currency: 'EUR', month: '149.00', year: 'much' } }, trialDays: 14 },
            errors: { 'prices.r1.year': 'Enter an amount such as 49.00.' },
          }}
        />,
      ),
  },
  {
    name: 'plan-new',
    html: () =>
      renderPage(
        <PlanFormPage
          {...{ frame: adminFrame('/admin/plans/new'), plan: null, hasKept: false }}
          form={{ values: { prices: { r1: { currency: 'EUR' } } } }}
        />,
      ),
  },
  {
    name: 'invoices',
    html: () =>
      renderPage(
        <InvoicesPage
          frame={adminFrame('/admin/invoices')}
          rows={invoiceRows(50)}
          query={{}}
          nextCursor="c2"
        />,
      ),
  },
  { name: 'admin invoice', html: () => renderPage(<AdminInvoicePage {...invoiceProps} />) },
  {
    name: 'admin invoice draft',
    html: () =>
      renderPage(
        <AdminInvoicePage
          {...invoiceProps}
          invoice={{
            ...invoiceProps.invoice,
            number: 'Draft',
            status: 'draft',
            issuedAt: null,
            dueAt: null,
            taxMinor: 0,
          }}
          {...{ payments: [], notes: [], entries: [], acts: [] }}
        />,
      ),
  },
  {
    name: 'taxes',
    html: () =>
      renderPage(
        <TaxesPage
          frame={adminFrame('/admin/taxes')}
          seller={{ country: 'PT', inclusive: true }}
          countries={countryOptions()}
          rates={[{ country: 'PT', name: 'Portugal', bps: 2_300 }]}
        />,
      ),
  },
];
