import type { PageSample } from '../gallery.tsx';
import { ago, clientFrame, days } from '../sample.ts';
import { BillingPage } from '../../../templates/client/billing/billing.tsx';
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

export const samples: readonly PageSample[] = [
  {
    name: 'billing',
    html: () =>
      renderPage(
        <BillingPage
          frame={clientFrame('/app/billing')}
          overdue={[]}
          subscription={{
            planTitle: 'Growth',
            status: 'active',
            price: { amountMinor: 4900, currency: 'EUR' },
            interval: 'month',
            trialEndsAt: null,
            periodEnd: ago(-12 * days),
          }}
          card={card}
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
          subscription={{
            planTitle: 'Growth',
            status: 'pastDue',
            price: { amountMinor: 4900, currency: 'EUR' },
            interval: 'month',
            trialEndsAt: null,
            periodEnd: ago(-12 * days),
          }}
          card={card}
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
          card={null}
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
];
