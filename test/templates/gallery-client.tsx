import type { Plan } from '../../db/domain/billing/billing.ts';
import { onboardingSteps } from '../../db/domain/onboarding/steps.ts';
import type { OnboardingStep } from '../../db/domain/onboarding/steps.ts';
import { BillingPage } from '../../templates/client/billing/billing.tsx';
import { GoingLivePage } from '../../templates/client/onboarding/going-live.tsx';
import { ClientHomePage } from '../../templates/client/home/home.tsx';
import { InvoicePage } from '../../templates/client/billing/invoice.tsx';
import { SetupAgentsPage } from '../../templates/client/onboarding/setup-agents.tsx';
import { SetupAnalyticsPage } from '../../templates/client/onboarding/setup-analytics.tsx';
import { SetupPlanPage } from '../../templates/client/onboarding/setup-plan.tsx';
import { SetupProfilePage } from '../../templates/client/onboarding/setup-profile.tsx';
import { SetupReviewPage } from '../../templates/client/onboarding/setup-review.tsx';
import type { SetupStepItem } from '../../templates/client/onboarding/setup-shell.tsx';
import { SetupToolsPage } from '../../templates/client/onboarding/setup-tools.tsx';
import { SetupWebsitePage } from '../../templates/client/onboarding/setup-website.tsx';
import { TeamPage } from '../../templates/client/people/team.tsx';
import { renderPage } from '../../templates/layout/render.ts';
import type { GalleryPage } from './gallery-page.ts';
import { ago, clientFrame, days, hours } from './sample.ts';

export const plans: Plan[] = [
  ['starter', 'Starter', 'For one person who begins.', 1900, 3, 1],
  ['growth', 'Growth', 'For a small team.', 4900, 10, 3],
  ['scale', 'Scale', 'For several places or brands.', 12900, 26, 5],
].map(([key, title, summary, monthly, maxTools, maxAgents], position) => ({
  key: String(key),
  title: String(title),
  summary: String(summary),
  currency: 'EUR',
  monthlyMinor: Number(monthly),
  yearlyMinor: Number(monthly) * 10,
  trialDays: 14,
  maxTools: Number(maxTools),
  maxAgents: Number(maxAgents),
  position,
}));

/** Progress of the set-up with everything before `open` done. */
export function stepsUntil(open: OnboardingStep): SetupStepItem[] {
  const at = onboardingSteps.indexOf(open);
  return onboardingSteps.map((step, index) => ({
    step,
    state: index < at ? 'done' : index === at ? 'open' : 'later',
  }));
}

const setup = (step: OnboardingStep) => ({
  frame: clientFrame(`/app/setup/${step}`),
  steps: stepsUntil(step),
});
const services = [
  { name: 'stripe', title: 'Stripe', category: 'Payments' },
  { name: 'slack', title: 'Slack', category: 'Messaging' },
];
const notConnected = { state: 'available' as const, account: null, mayConnect: true };
const card = { brand: 'Visa', last4: '4242', expMonth: 4, expYear: 2028 };

const setupPages: GalleryPage[] = [
  { name: 'setup-profile', html: () => renderPage(<SetupProfilePage {...setup('profile')} />) },
  {
    name: 'setup-profile-errors',
    html: () =>
      renderPage(
        <SetupProfilePage
          {...setup('profile')}
          form={{
            values: { legalName: 'R', country: 'ES', timezone: 'Europe/Madrid', language: 'es' },
            errors: { legalName: 'At least 2 characters.', industry: 'Choose an industry from the list.' },
          }}
        />,
      ),
  },
  {
    name: 'setup-plan',
    html: () =>
      renderPage(
        <SetupPlanPage
          {...setup('plan')}
          plans={plans}
          cardOnFile={null}
          running={null}
          form={{ values: { planKey: 'growth' } }}
        />,
      ),
  },
  {
    name: 'setup-plan-declined',
    html: () =>
      renderPage(
        <SetupPlanPage
          {...setup('plan')}
          plans={plans}
          cardOnFile={card}
          running={{ planKey: 'starter', interval: 'month', trialing: true }}
          declined="The bank answered: insufficient funds."
          form={{ values: { planKey: 'growth', interval: 'year', start: 'now' } }}
        />,
      ),
  },
  {
    name: 'setup-tools',
    html: () =>
      renderPage(
        <SetupToolsPage
          {...setup('tools')}
          services={services}
          planTitle="Growth"
          maxTools={10}
          chosen={[
            { name: 'stripe', title: 'Stripe', state: 'connected' },
            { name: 'slack', title: 'Slack', state: 'available' },
          ]}
          form={{ values: { tools: ['stripe', 'slack'] } }}
        />,
      ),
  },
  {
    name: 'setup-website',
    html: () => renderPage(<SetupWebsitePage {...setup('website')} form={{ values: { mode: 'new' } }} />),
  },
  {
    name: 'setup-analytics',
    html: () => renderPage(<SetupAnalyticsPage {...setup('analytics')} connection={notConnected} />),
  },
  {
    name: 'setup-agents',
    html: () =>
      renderPage(
        <SetupAgentsPage
          {...setup('agents')}
          planTitle="Growth"
          maxAgents={3}
          services={services}
          chosenTools={['stripe', 'slack']}
          steps={stepsUntil('agents').map((item) =>
            item.step === 'agents' ? { ...item, state: 'changed' } : item,
          )}
        />,
      ),
  },
  {
    name: 'setup-review',
    html: () =>
      renderPage(
        <SetupReviewPage
          {...setup('review')}
          priceSentence="€49 a month after 14 days; you pay nothing today."
          choices={[
            {
              step: 'profile',
              facts: [
                { label: 'Legal name', value: 'Panadería Rivera S.L.' },
                { label: 'Industry', value: 'Food and drink' },
                { label: 'Country', value: 'Spain' },
              ],
            },
            {
              step: 'plan',
              facts: [
                { label: 'Plan', value: 'Growth, monthly, 14 days free' },
                { label: 'Card', value: 'Visa ending in 4242' },
              ],
            },
            { step: 'tools', facts: [{ label: 'Tools', value: 'Stripe, Slack' }] },
            { step: 'website', facts: [{ label: 'Website', value: 'Build a new one: Rivera Bakery' }] },
            { step: 'analytics', facts: [{ label: 'Analytics', value: 'None' }] },
            { step: 'agents', facts: [{ label: 'Agents', value: 'Bookkeeper' }] },
          ]}
        />,
      ),
  },
  {
    name: 'going-live',
    html: () =>
      renderPage(
        <GoingLivePage
          frame={clientFrame('/app/setup/live')}
          path="/app/setup/live"
          state="working"
          tasks={[
            { title: 'Your plan is started', state: 'done', since: ago(1) },
            { title: 'Your workspace is opened', state: 'done', since: ago(0.5) },
            { title: 'Your website is prepared', state: 'running', since: ago(0.2), note: 'Being prepared' },
            { title: 'We write to you', state: 'upcoming', note: 'Next' },
          ]}
        />,
      ),
  },
  {
    name: 'going-live-problem',
    html: () =>
      renderPage(
        <GoingLivePage
          frame={clientFrame('/app/setup/live')}
          path="/app/setup/live"
          state="problem"
          problem="The bank declined the card. Nothing was charged. Use another card and we go on from here."
          fix={{ title: 'Use another card', href: '/app/setup/plan' }}
          tasks={[
            { title: 'Your plan is started', state: 'needsAttention', note: 'Waits for a card' },
            { title: 'Your workspace is opened', state: 'upcoming', note: 'Next' },
          ]}
        />,
      ),
  },
];

const invoices = Array.from({ length: 6 }, (_, index) => ({
  id: `inv_${index}`,
  number: `2026-${String(120 - index).padStart(4, '0')}`,
  status: index === 0 ? ('open' as const) : ('paid' as const),
  total: { amountMinor: 4900, currency: 'EUR' },
  issuedAt: ago((index * 30 + 2) * days),
}));

export const clientGallery: GalleryPage[] = [
  {
    name: 'client-home-setup',
    html: () =>
      renderPage(
        <ClientHomePage
          frame={clientFrame('/app', {
            flash: { kind: 'done', text: 'Saved. You can go on whenever you like.' },
            banners: [
              {
                kind: 'warning',
                text: 'Please confirm your e-mail address.',
                action: { title: 'Send the link again', post: '/verify-email/resend' },
              },
            ],
          })}
          businessName="Rivera Bakery"
          needs={[]}
          setup={{ steps: stepsUntil('website'), continueStep: 'website', maySubmit: true }}
          plan={{ title: 'Growth', status: 'trialing', price: '€49 a month', renewsAt: ago(-12 * days) }}
          team={{ people: 1, pending: 1 }}
          services={null}
        />,
      ),
  },
  {
    name: 'client-home-live',
    html: () =>
      renderPage(
        <ClientHomePage
          frame={clientFrame('/app')}
          businessName="Rivera Bakery"
          needs={[]}
          setup={null}
          plan={{ title: 'Growth', status: 'active', price: '€49 a month', renewsAt: ago(-12 * days) }}
          team={{ people: 3, pending: 0 }}
          services={[
            { name: 'stripe', title: 'Stripe', state: 'connected' },
            { name: 'slack', title: 'Slack', state: 'available' },
          ]}
        />,
      ),
  },
  ...setupPages,
  {
    name: 'team',
    html: () =>
      renderPage(
        <TeamPage
          frame={clientFrame('/app/team')}
          mayInvite
          members={[
            {
              id: 'u1',
              name: 'Lucía Rivera',
              email: 'lucia@rivera.example',
              role: 'owner',
              status: 'active',
              joinedAt: ago(40 * days),
            },
            {
              id: 'u2',
              name: 'Marco Ruiz',
              email: 'marco@rivera.example',
              role: 'member',
              status: 'active',
              joinedAt: ago(9 * days),
            },
          ]}
          invitations={[
            {
              id: 'i1',
              name: 'Sofía León',
              email: 'sofia@rivera.example',
              role: 'admin',
              invitedBy: 'Lucía Rivera',
              sentAt: ago(5 * hours),
              expiresAt: ago(-7 * days),
            },
          ]}
        />,
      ),
  },
  {
    name: 'team-invite-refused',
    html: () =>
      renderPage(
        <TeamPage
          frame={clientFrame('/app/team')}
          mayInvite
          members={[]}
          invitations={[]}
          form={{
            values: { email: 'marco@' },
            errors: { email: 'Enter an e-mail address such as name@example.com.' },
          }}
        />,
      ),
  },
  {
    name: 'billing',
    html: () =>
      renderPage(
        <BillingPage
          frame={clientFrame('/app/billing')}
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
        />,
      ),
  },
  {
    name: 'billing-empty',
    html: () =>
      renderPage(
        <BillingPage
          frame={clientFrame('/app/billing')}
          subscription={null}
          card={null}
          invoices={[]}
          nextCursor={null}
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
