import { ConnectionPage } from '../../../templates/client/integrations/connection.tsx';
import type { ConnectionPageProps } from '../../../templates/client/integrations/connection-props.ts';
import type { IntegrationRow } from '../../../templates/client/integrations/integration-row.ts';
import { MarketplacePage } from '../../../templates/client/integrations/marketplace.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { clientFrame } from '../sample.ts';

const row = (values: Partial<IntegrationRow> & Pick<IntegrationRow, 'name' | 'title'>): IntegrationRow => ({
  summary: 'Take payments, send invoices and manage subscriptions.',
  category: { key: 'payments', title: 'Payments' },
  state: 'available',
  account: null,
  since: null,
  lifecycle: { kind: 'on' },
  featured: false,
  chosen: false,
  thirdParty: false,
  ...values,
});
const integrations = [
  row({ name: 'mailchimp', title: 'Mailchimp', chosen: true }),
  row({
    name: 'stripe',
    title: 'Stripe',
    state: 'connected',
    account: 'acct_1',
    lifecycle: { kind: 'turnedOff', since: '2026-11-12T08:00:00Z' },
  }),
  row({ name: 'slack', title: 'Slack', state: 'needsReconnect', account: 'Rivera Bakery' }),
  row({
    name: 'zapier',
    title: 'Zapier',
    state: 'connected',
    lifecycle: { kind: 'ending', lastDay: '2026-12-31', successor: 'Notion' },
  }),
  row({ name: 'planner', title: 'Planner CRM', thirdParty: true, featured: true }),
];
const page = {
  frame: clientFrame('/app/integrations'),
  integrations,
  categories: [{ key: 'payments', title: 'Payments', count: integrations.length }],
  query: {},
  mayManage: true,
  askWhom: [],
};
const sam = [{ name: 'Sam Rivera', role: 'owner' }];

const stripe: ConnectionPageProps = {
  frame: clientFrame('/app/integrations/stripe'),
  server: {
    name: 'stripe',
    title: 'Stripe',
    summary: 'Take payments, send invoices and manage subscriptions.',
    docsUrl: 'https://docs.stripe.com',
    fields: [{ key: 'apiKey', label: 'Restricted API key', secret: true }],
    oauth: false,
    thirdParty: false,
    lifecycle: { kind: 'on' },
  },
  state: 'available',
  incomplete: false,
  account: null,
  since: null,
  webhooks: null,
  tools: [
    {
      name: 'stripe_get_balance',
      title: 'Balance',
      description: 'What is available for payout.',
      risk: 'read',
      inReview: false,
      grantees: ['role:owner'],
    },
  ],
  calls: [],
  grantees: [{ key: 'role:owner', title: 'Owner' }],
  mayManage: true,
  askWhom: [],
  back: null,
};

export const samples: readonly PageSample[] = [
  { name: 'marketplace', html: () => renderPage(<MarketplacePage {...page} />) },
  {
    name: 'marketplace-member',
    html: () => renderPage(<MarketplacePage {...page} mayManage={false} askWhom={sam} />),
  },
  {
    name: 'marketplace-no-match',
    html: () => renderPage(<MarketplacePage {...page} integrations={[]} query={{ q: 'zzz' }} />),
  },
  {
    name: 'marketplace-empty',
    html: () => renderPage(<MarketplacePage {...page} integrations={[]} categories={[]} />),
  },
  { name: 'integration-available', html: () => renderPage(<ConnectionPage {...stripe} />) },
  {
    name: 'integration-member',
    html: () => renderPage(<ConnectionPage {...stripe} mayManage={false} askWhom={sam} />),
  },
  {
    name: 'integration-turned-off',
    html: () =>
      renderPage(
        <ConnectionPage
          {...stripe}
          state="connected"
          account="acct_1"
          server={{
            ...stripe.server,
            lifecycle: { kind: 'turnedOff', since: '2026-11-12T08:00:00Z' },
          }}
        />,
      ),
  },
];
