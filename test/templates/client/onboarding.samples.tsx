import { card } from './billing.samples.tsx';
import type { PageSample } from '../gallery.tsx';
import { ago, clientFrame } from '../sample.ts';
import type { Plan } from '../../../db/domain/billing/plans.ts';
import { onboardingSteps } from '../../../db/domain/onboarding/steps.ts';
import type { OnboardingStep } from '../../../db/domain/onboarding/steps.ts';
import { GoingLivePage } from '../../../templates/client/onboarding/going-live.tsx';
import { SetupAgentsPage } from '../../../templates/client/onboarding/setup-agents.tsx';
import { SetupAnalyticsPage } from '../../../templates/client/onboarding/setup-analytics.tsx';
import { SetupPlanPage } from '../../../templates/client/onboarding/setup-plan.tsx';
import { SetupProfilePage } from '../../../templates/client/onboarding/setup-profile.tsx';
import { SetupReviewPage } from '../../../templates/client/onboarding/setup-review.tsx';
import type { SetupStepItem } from '../../../templates/client/onboarding/setup-shell.tsx';
import { SetupToolsPage } from '../../../templates/client/onboarding/setup-tools.tsx';
import { SetupWebsitePage } from '../../../templates/client/onboarding/setup-website.tsx';
import { renderPage } from '../../../templates/layout/render.ts';

export const plans: Plan[] = [
  ['starter', 'Starter', 'For one person who begins.', 1900, 3, 1],
  ['growth', 'Growth', 'For a small team.', 4900, 10, 3],
  ['scale', 'Scale', 'For several places or brands.', 12900, 26, 5],
].map(([key, title, summary, monthly, maxTools, maxAgents], position) => ({
  key: String(key),
  title: String(title),
  summary: String(summary),
  version: 1,
  currency: 'EUR',
  monthlyMinor: Number(monthly),
  yearlyMinor: Number(monthly) * 10,
  trialDays: 14,
  maxTools: Number(maxTools),
  maxAgents: Number(maxAgents),
  position,
}));

/** Progress of setup with everything before `open` done. */

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

const servers = [
  { name: 'stripe', title: 'Stripe', category: 'Payments', lifecycle: { kind: 'on' } as const },
  { name: 'slack', title: 'Slack', category: 'Messaging', lifecycle: { kind: 'on' } as const },
];

const notConnected = { state: 'available' as const, account: null, mayConnect: true };

export const samples: readonly PageSample[] = [
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
          offeredTools={12}
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
          offeredTools={12}
          cardOnFile={card}
          running={{ planKey: 'starter', interval: 'month', trialing: true }}
          form={{
            values: { planKey: 'growth', interval: 'year', start: 'now' },
            errors: { 'card.number': 'The bank answered: insufficient funds.' },
            problem: 'Nothing was charged. Check the card or use another one.',
          }}
        />,
      ),
  },
  {
    name: 'setup-tools',
    html: () =>
      renderPage(
        <SetupToolsPage
          {...setup('tools')}
          servers={servers}
          planTitle="Growth"
          maxTools={10}
          chosen={[
            { name: 'stripe', title: 'Stripe', state: 'connected', isConnected: true },
            { name: 'slack', title: 'Slack', state: 'available', isConnected: false },
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
          servers={servers}
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
            { title: 'Your website', state: 'done', since: ago(0.2), isComing: true },
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
