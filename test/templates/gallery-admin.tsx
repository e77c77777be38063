import { onboardingSteps } from '../../db/domain/onboarding/steps.ts';
import { retentionRules } from '../../db/domain/audit/retention.ts';
import { AuditPage } from '../../templates/admin/audit/audit.tsx';
import { AdminHomePage } from '../../templates/admin/home/home.tsx';
import { InvoicesPage } from '../../templates/admin/billing/invoices.tsx';
import { OnboardingFunnelPage } from '../../templates/admin/onboarding/funnel.tsx';
import { PeoplePage } from '../../templates/admin/people/people.tsx';
import { ProcessPage } from '../../templates/admin/runs/process.tsx';
import { ProcessesPage } from '../../templates/admin/runs/processes.tsx';
import { RetentionPage } from '../../templates/admin/audit/retention.tsx';
import { TenantPage } from '../../templates/admin/tenants/tenant.tsx';
import type { TenantHead } from '../../templates/admin/tenants/tenant.tsx';
import type { TenantTab } from '../../templates/admin/tenants/tenant-panels.tsx';
import { TenantsPage } from '../../templates/admin/tenants/tenants.tsx';
import { WorkflowsPage } from '../../templates/admin/runs/workflows.tsx';
import { renderPage } from '../../templates/layout/render.ts';
import { paths } from '../../templates/paths.ts';
import type { GalleryPage } from './gallery-page.ts';
import {
  adminFigures,
  adminNeeds,
  auditRows,
  invoiceRows,
  personRows,
  processSchema,
  runRows,
  tenantRows,
} from './sample-admin.ts';
import { adminFrame, ago, days, hours } from './sample.ts';

const savedViews = [{ id: 'vie_1', name: 'Most active', query: 'sort=-activity' }];
const planOptions = [
  { value: 'starter', label: 'Starter' },
  { value: 'growth', label: 'Growth' },
];

const tenant: TenantHead = {
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

const tenantTabs: [string, TenantTab][] = [
  ['tenant', { key: 'overview', recent: happened }],
  [
    'tenant-onboarding',
    {
      key: 'onboarding',
      onboarding: {
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
                ? 'The owner has not chosen a website. Nothing is broken.'
                : undefined,
          actions: index === 3 ? ['retry', 'skip'] : index === 4 ? ['skip', 'complete'] : [],
        })),
      },
    },
  ],
  [
    'tenant-people',
    {
      key: 'people',
      people: [
        {
          name: 'Lucía Rivera',
          email: 'lucia@rivera.example',
          roleTitle: 'Owner',
          status: 'active',
          lastSignInAt: ago(2 * days),
        },
      ],
    },
  ],
  ['tenant-invoices', { key: 'invoices', invoices: invoiceRows(5), nextCursor: null }],
  [
    'tenant-connections',
    {
      key: 'connections',
      mayTest: true,
      connections: [
        {
          server: 'stripe',
          title: 'Stripe',
          state: 'needsReconnect',
          since: ago(20 * days),
          calls: 1204,
          errors: 3,
          lastError: { text: 'The service no longer accepts the access.', at: ago(2 * hours) },
        },
      ],
    },
  ],
  ['tenant-timeline', { key: 'timeline', items: happened, nextCursor: 'c2' }],
];

const lists: GalleryPage[] = [
  {
    name: 'tenants',
    html: () =>
      renderPage(
        <TenantsPage
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
  {
    name: 'tenants-empty',
    html: () =>
      renderPage(
        <TenantsPage
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
  {
    name: 'people',
    html: () =>
      renderPage(
        <PeoplePage
          frame={adminFrame('/admin/people')}
          rows={personRows(50)}
          query={{ role: 'owner' }}
          nextCursor="c2"
        />,
      ),
  },
  {
    name: 'workflows',
    html: () =>
      renderPage(
        <WorkflowsPage
          frame={adminFrame('/admin/workflows')}
          rows={runRows(50)}
          query={{ tenant: 'ten_1' }}
          tenantName="Rivera Bakery"
          processes={[{ value: 'onboardTenant', label: 'Onboarding' }]}
          nextCursor="c2"
          mayTrigger
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
  {
    name: 'audit',
    html: () =>
      renderPage(
        <AuditPage
          frame={adminFrame('/admin/audit')}
          rows={auditRows(50)}
          query={{ from: '2026-11-01' }}
          tenants={[{ value: 'ten_1', label: 'Rivera Bakery' }]}
          nextCursor="c2"
          mayVerify
          maySeeRetention
          checks={[
            { name: 'The platform itself', entries: 20_418, intact: true, checkedAt: ago(1) },
            {
              name: 'Rivera Bakery',
              entries: 312,
              intact: false,
              problem: 'Entry 118 was changed',
              checkedAt: ago(1),
            },
          ]}
        />,
      ),
  },
  {
    name: 'retention',
    html: () =>
      renderPage(
        <RetentionPage
          frame={adminFrame(paths.retention)}
          rules={retentionRules.map((rule, index) => ({
            ...rule,
            removed: index * 1_310,
            failed: index === 3,
          }))}
          purgeRuns={[
            { startedAt: ago(1 * hours), endedAt: null, removed: 0, failed: [] },
            {
              startedAt: ago(26 * hours),
              endedAt: ago(25 * hours),
              removed: 20_418,
              failed: ['Ended approvals'],
            },
            { startedAt: ago(50 * hours), endedAt: ago(49 * hours), removed: 0, failed: [] },
          ]}
          nextAt={ago(-12 * hours)}
          runId="0190f5e3-0000-7000-8000-000000000001"
        />,
      ),
  },
  {
    name: 'retention-new',
    html: () =>
      renderPage(
        <RetentionPage
          frame={adminFrame(paths.retention)}
          rules={retentionRules.map((rule) => ({ ...rule, removed: null, failed: false }))}
          purgeRuns={[]}
          nextAt={ago(-12 * hours)}
          runId={null}
        />,
      ),
  },
];

export const adminGallery: GalleryPage[] = [
  {
    name: 'admin-home',
    html: () =>
      renderPage(
        <AdminHomePage frame={adminFrame('/admin')} needs={adminNeeds()} figures={adminFigures()} />,
      ),
  },
  {
    name: 'admin-home-calm',
    html: () =>
      renderPage(<AdminHomePage frame={adminFrame('/admin')} needs={[]} figures={adminFigures()} />),
  },
  ...lists,
  ...tenantTabs.map(([name, tab]) => ({
    name,
    html: () =>
      renderPage(
        <TenantPage
          frame={adminFrame('/admin/tenants/ten_01h8x2')}
          tenant={tenant}
          needs={adminNeeds().slice(0, 1)}
          tab={tab}
        />,
      ),
  })),
  {
    name: 'onboarding-funnel',
    html: () =>
      renderPage(
        <OnboardingFunnelPage
          frame={adminFrame('/admin/onboarding')}
          query={{}}
          nextCursor={null}
          steps={onboardingSteps.map((step, index) => ({
            step,
            reached: 240 - index * 21,
            finished: 226 - index * 22,
            standing: 6,
            medianMs: (index + 1) * 140_000,
          }))}
          stuck={[
            {
              id: 'ten_1',
              name: 'Rivera Bakery',
              step: 'website',
              since: ago(2 * days),
              sentence: 'The owner has not chosen a website; two reminders were sent.',
              action: 'extend',
            },
            {
              id: 'ten_2',
              name: 'Nordlicht Yoga',
              step: 'plan',
              since: ago(5 * hours),
              sentence: 'The payment provider does not answer. Nothing was charged.',
              action: 'retry',
            },
            {
              id: 'ten_3',
              name: 'Atelier Nuit',
              step: 'profile',
              since: ago(20 * hours),
              sentence: 'The owner stopped in the middle. A reminder goes out in 4 hours.',
              action: null,
            },
          ]}
        />,
      ),
  },
  {
    name: 'processes',
    html: () =>
      renderPage(
        <ProcessesPage
          frame={adminFrame('/admin/processes')}
          processes={[
            {
              name: 'onboard-tenant',
              title: 'Onboard a tenant',
              purpose: 'Takes a business from sign-up to live.',
              openRuns: 18,
            },
            {
              name: 'seal-audit-log',
              title: 'Seal the audit log',
              purpose: 'Signs a checkpoint of every chain.',
              openRuns: 0,
            },
          ]}
        />,
      ),
  },
  {
    name: 'process',
    html: () =>
      renderPage(
        <ProcessPage
          frame={adminFrame('/admin/processes/onboard-tenant')}
          requestKey="k1"
          process={{
            name: 'onboard-tenant',
            title: 'Onboard a tenant',
            purpose: 'Takes a business from sign-up to live.',
            happens: 'The owner gets an e-mail at once. You are led to the run.',
            schema: processSchema,
          }}
          form={{
            values: { input: { businessName: 'Rivera Bakery', owner: { email: 'x' } } },
            errors: { 'input.owner.email': 'Enter an e-mail address such as name@example.com.' },
          }}
        />,
      ),
  },
];
