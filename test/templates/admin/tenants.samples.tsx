import type { VNode } from 'preact';
import { pick, rows, tenantAt } from './rows.ts';
import { invoiceRows } from './billing.samples.tsx';
import { adminNeeds } from './home.samples.tsx';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days, hours, partnerFrame } from '../sample.ts';
import { onboardingSteps } from '../../../db/domain/onboarding/steps.ts';
import { TenantRecent, TenantTimeline } from '../../../templates/admin/audit/tenant-timeline.tsx';
import { TenantInvoices } from '../../../templates/admin/billing/invoices/of-tenant.tsx';
import { TenantConnections } from '../../../templates/admin/integrations/tenant-connections.tsx';
import {
  type TenantOnboarding,
  TenantOnboardingPanel,
} from '../../../templates/admin/onboarding/tenant-onboarding.tsx';
import { TenantPeople } from '../../../templates/admin/people/tenant-people.tsx';
import { TenantPage } from '../../../templates/admin/tenants/tenant.tsx';
import type { TenantHead } from '../../../templates/admin/tenants/tenant.tsx';
import { TenantsPage } from '../../../templates/admin/tenants/tenants.tsx';
import type { TenantRow } from '../../../templates/admin/tenants/tenants.tsx';
import { renderPage } from '../../../templates/layout/render.ts';

const savedViews = [{ id: 'vie_1', name: 'Most active', query: 'sort=-activity' }];

const planOptions = [
  { value: 'starter', label: 'Starter' },
  { value: 'growth', label: 'Growth' },
];

export const tenantRows = (count: number): TenantRow[] =>
  rows(count, (index) => ({
    ...tenantAt(index),
    planTitle: index % 4 === 3 ? null : pick(['Starter', 'Growth', 'Scale'], index),
    status: pick(['onboarding', 'live', 'live', 'live', 'suspended', 'live', 'abandoned'] as const, index),
    onboardingStep: index % 7 === 0 ? 'website' : null,
    standingSince: index % 7 === 0 ? ago(3 * days) : null,
    mrr: index % 4 === 3 ? null : { amountMinor: pick([1900, 4900, 12900], index), currency: 'EUR' },
    openProblems: index % 9 === 0 ? 2 : 0,
    users: (index % 12) + 1,
    lastActivityAt: ago(index * 97 + 3),
  }));

export const sampleTenant: TenantHead = {
  id: 'ten_01h8x2',
  name: 'Rivera Bakery',
  legalName: 'Panadería Rivera S.L.',
  status: 'onboarding',
  standing: 'Waits for the owner to choose a website, since 2 days. The next reminder goes out tomorrow.',
  planTitle: 'Growth, monthly',
  subscription: 'trialing',
  mrr: { amountMinor: 4900, currency: 'EUR' },
  owner: { name: 'Lucía Rivera', email: 'lucia@rivera.example' },
  country: 'Spain',
  timezone: 'Europe/Madrid',
  users: 3,
  closesAt: ago(-12 * days),
  openRuns: 1,
  createdAt: ago(9 * days),
  lastActivityAt: ago(2 * days),
};

const happened = (
  ['tenant.created', 'user.email-verified', 'onboarding.step-completed', 'payment.declined'] as const
).map((action, index) => ({
  at: ago((9 - index) * days),
  action,
  who: index === 3 ? 'The platform' : 'Lucía Rivera',
  text: index === 2 ? 'Step: Business' : undefined,
  outcome: index === 3 ? ('failure' as const) : ('success' as const),
}));

const onboarding: TenantOnboarding = {
  runId: 't:ten_01h8x2:onboard-tenant:1',
  closesAt: ago(-12 * days),
  mayExtend: true,
  steps: onboardingSteps.map((step, index) => ({
    step,
    state: index < 3 ? 'done' : index === 3 ? 'needsAttention' : index === 4 ? 'waiting' : 'upcoming',
    since: index > 4 ? null : ago(2 * days),
    attempts: index === 3 ? 3 : 1,
    sentence:
      index === 3
        ? 'The payment provider has not answered three times in a row. Nothing was charged.'
        : index === 4
          ? 'Waiting for the owner to choose a website. Nothing is wrong.'
          : undefined,
    actions: index === 3 ? ['retry', 'skip'] : index === 4 ? ['skip', 'complete'] : [],
  })),
};

const tabTitles = [
  { key: 'onboarding', title: 'Onboarding' },
  { key: 'people', title: 'People' },
  { key: 'connections', title: 'Connections' },
  { key: 'invoices', title: 'Invoices' },
  { key: 'timeline', title: 'Timeline' },
];
const frame = adminFrame('/admin/tenants/ten_01h8x2');

const tenantTabs: [page: string, tab: string | null, panel: VNode][] = [
  ['tenant', null, <TenantRecent items={happened} />],
  [
    'tenant-onboarding',
    'onboarding',
    <TenantOnboardingPanel frame={frame} tenant={sampleTenant} onboarding={onboarding} />,
  ],
  [
    'tenant-people',
    'people',
    <TenantPeople
      tenantId="ten_1"
      mayManage
      people={[
        {
          id: 'usr_1',
          name: 'Lucía Rivera',
          email: 'lucia@rivera.example',
          roleTitle: 'Owner',
          status: 'active',
          lastSignInAt: ago(2 * days),
        },
      ]}
    />,
  ],
  [
    'tenant-invoices',
    'invoices',
    <TenantInvoices tenantId={sampleTenant.id} invoices={invoiceRows(5)} nextCursor={null} />,
  ],
  [
    'tenant-connections',
    'connections',
    <TenantConnections
      frame={frame}
      tenantId={sampleTenant.id}
      mayTest
      connections={[
        {
          server: 'stripe',
          title: 'Stripe',
          state: 'needsReconnect',
          since: ago(20 * days),
          calls: 1204,
          errors: 3,
          lastError: { text: 'The service no longer accepts the access.', at: ago(2 * hours) },
        },
      ]}
    />,
  ],
  [
    'tenant-timeline',
    'timeline',
    <TenantTimeline tenantId={sampleTenant.id} items={happened} nextCursor="c2" />,
  ],
];

export const samples: readonly PageSample[] = [
  {
    name: 'tenants',
    html: () =>
      renderPage(
        <TenantsPage
          signUpLink={null}
          frame={adminFrame('/admin/tenants')}
          rows={tenantRows(50)}
          query={{ sort: '-activity' }}
          plans={planOptions}
          nextCursor="c2"
          views={savedViews}
          mayHelp
          total={1284}
        />,
      ),
  },
  {
    name: 'tenants-filtered',
    html: () =>
      renderPage(
        <TenantsPage
          signUpLink={null}
          frame={adminFrame('/admin/tenants')}
          rows={[]}
          query={{ q: 'bakery', status: 'suspended' }}
          plans={planOptions}
          nextCursor={null}
          views={savedViews}
          mayHelp
        />,
      ),
  },
  ...['https://portal.example/sign-up?partner=0123456789abcdef0123456789abcdef0123456789a', null].map(
    (signUpLink) => ({
      name: signUpLink ? 'tenants-of-partner' : 'tenants-of-partner-empty',
      html: () =>
        renderPage(
          <TenantsPage
            signUpLink={signUpLink}
            frame={partnerFrame('/admin/tenants')}
            rows={signUpLink ? tenantRows(4) : []}
            query={{}}
            plans={planOptions}
            nextCursor={null}
            views={[]}
            mayHelp
          />,
        ),
    }),
  ),
  {
    name: 'tenants-empty',
    html: () =>
      renderPage(
        <TenantsPage
          signUpLink={null}
          frame={adminFrame('/admin/tenants')}
          rows={[]}
          query={{}}
          plans={planOptions}
          nextCursor={null}
          views={savedViews}
          mayHelp
        />,
      ),
  },
  ...tenantTabs.map(([name, tab, panel]) => ({
    name,
    html: () =>
      renderPage(
        <TenantPage
          frame={frame}
          tenant={sampleTenant}
          needs={adminNeeds().slice(0, 1)}
          tabs={tabTitles}
          tab={tab}
          panels={[panel]}
        />,
      ),
  })),
];
