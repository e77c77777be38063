import type { Tx } from '../../../db/scope.ts';
import { onboardingTitles, submittableSteps } from '../../../db/domain/onboarding/steps.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import { ComingCard, SetupCard } from '../../../templates/client/onboarding/home-card.tsx';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AttentionItem, Contributions, HomeCard } from '../../kit/contributions.ts';
import { oncePerRequest } from '../../kit/once.ts';
import { readSetup, type SetupProgress } from './progress.ts';
import { comingFacts } from './summaries.ts';
import { stepItems } from './view.ts';

const readOnce = oncePerRequest(
  (context, _tenantId: string) => readSetup(context),
  (tenantId) => tenantId,
);

/** The progress of the setup; null once the tenant is live. */
async function openSetup(context: RequestContext): Promise<SetupProgress | null> {
  const { tenant } = context.person();
  return tenant?.status === 'onboarding' ? readOnce(context, tenant.id) : null;
}

/** The step that waits for the viewer. */
async function readAttention(context: RequestContext): Promise<AttentionItem[]> {
  const setup = await openSetup(context);
  const step = submittableSteps.find((candidate) => candidate === setup?.currentStep);
  const progress = setup?.steps.find(({ key }) => key === step);
  if (!step || progress?.state !== 'waiting') return [];
  return [
    {
      urgency: 'help',
      sentence: progress.error?.message ?? `Continue your setup with “${onboardingTitles[step]}”.`,
      since: progress.since,
      href: paths.setupStep(step),
      button: 'Continue setup',
      tone: progress.error ? 'attention' : 'waiting',
    },
  ];
}

async function readCards(context: RequestContext, tx: Tx): Promise<HomeCard[]> {
  const setup = await openSetup(context);
  const { tenantId } = context.tenant();
  const stored = await choices.list(tx, tenantId);
  if (!setup) {
    const facts = comingFacts(stored);
    return facts.length > 0 ? [{ wide: false, card: ComingCard({ facts }) }] : [];
  }
  const steps = stepItems(setup, stored);
  const continueStep = submittableSteps.find((step) => step === setup.currentStep) ?? null;
  const maySubmit = context.can('onboarding.submit');
  return [{ wide: true, card: SetupCard({ steps, continueStep, maySubmit }) }];
}

/** What onboarding adds to the client's home. */
export const setupContributions: Contributions = {
  prepare: openSetup,
  attention: { permission: 'onboarding.submit', read: readAttention },
  homeCards: { permission: 'onboarding.read', read: readCards },
};
