import type { VNode } from 'preact';
import { comingChoices } from '../../../db/domain/onboarding/coming.ts';
import { onboardingSteps, type SubmittableStep } from '../../../db/domain/onboarding/steps.ts';
import * as subscriptions from '../../../db/repos/billing/subscriptions.ts';
import { listConnections } from '../../../db/repos/integrations/connections.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import * as plans from '../../../db/repos/billing/plans.ts';
import { runningSentence } from '../../../templates/client/billing/price-copy.ts';
import { SetupAgentsPage } from '../../../templates/client/onboarding/setup-agents.tsx';
import { SetupAnalyticsPage } from '../../../templates/client/onboarding/setup-analytics.tsx';
import { SetupPlanPage } from '../../../templates/client/onboarding/setup-plan.tsx';
import { SetupProfilePage } from '../../../templates/client/onboarding/setup-profile.tsx';
import { SetupReviewPage } from '../../../templates/client/onboarding/setup-review.tsx';
import type { SetupStepItem, SetupStepState } from '../../../templates/client/onboarding/setup-shell.tsx';
import { SetupToolsPage } from '../../../templates/client/onboarding/setup-tools.tsx';
import { shownState } from '../../../templates/client/integrations/lifecycle.tsx';
import { SetupWebsitePage } from '../../../templates/client/onboarding/setup-website.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import type { FormState } from '../../kit/route.ts';
import type { SetupProgress } from './progress.ts';
import { availableServers } from './servers.ts';
import { choiceSummaries } from './summaries.ts';

/** Where the figures of visitors come from. */
const analyticsServer = 'ga4';

/** The steps as the customer sees them: done, to do, later; a step done before that must be looked at again. */
export function stepItems(setup: SetupProgress, stored: choices.StoredChoices): SetupStepItem[] {
  const coming: readonly string[] = comingChoices(stored);
  return onboardingSteps.map((step): SetupStepItem => {
    const state = setup.steps.find(({ key }) => key === step)?.state ?? 'upcoming';
    const seenBefore = step !== 'account' && stored[step] !== undefined;
    const words: Record<typeof state, SetupStepState> = {
      done: coming.includes(step) ? 'coming' : 'done',
      skipped: 'skipped',
      upcoming: 'later',
      waiting: seenBefore ? 'changed' : 'open',
      running: 'open',
      needsAttention: seenBefore ? 'changed' : 'open',
      failed: 'open',
      refused: 'open',
      scheduled: 'open',
    };
    return { step, state: words[state] };
  });
}

/** A decline is told at its field, in the gateway's words; above the form it says what that means. */
function saidOnce(form: FormState): FormState {
  const { errors = {}, problem } = form;
  const isDecline = Object.entries(errors).some(
    ([name, message]) => name.startsWith('card.') && message === problem,
  );
  return isDecline ? { ...form, problem: 'Nothing was charged. Check the card or use another one.' } : form;
}

/** The page of one step, with the stored choice or with what was just typed and is wrong. */
export async function stepPage(
  context: RequestContext,
  step: SubmittableStep,
  setup: SetupProgress,
  again?: FormState,
): Promise<VNode> {
  const scope = context.tenant();
  const { stored, offered, subscription, servers, connections } = await context.deps.db.inScope(
    scope,
    async (tx) => {
      const stored = await choices.list(tx, scope.tenantId);
      return {
        subscription: await subscriptions.findSubscription(tx, scope.tenantId),
        stored,
        offered: await plans.list(tx),
        servers: await availableServers(tx, stored.tools?.tools),
        connections: await listConnections(tx),
      };
    },
  );
  const { timezone, language } = context.person();
  const error = setup.steps.find(({ key }) => key === step)?.error;
  const initial = step === 'profile' ? { legalName: context.person().tenant?.name, timezone, language } : {};
  const kept: FormState = {
    values: { ...initial, ...stored[step] },
    errors: {},
    problem: error?.message ?? '',
  };
  const form = again ?? kept;
  const shared = { frame: pageContextOf(context), steps: stepItems(setup, stored), form };
  const stateOf = (name: string) =>
    connections.find(({ server }) => server === name)?.status ?? ('available' as const);
  const plan = offered.find(({ key }) => key === stored.plan?.planKey);
  switch (step) {
    case 'profile':
      return SetupProfilePage(shared);
    case 'plan':
      return SetupPlanPage({
        ...shared,
        form: saidOnce(form),
        plans: offered,
        offeredTools: servers.length,
        cardOnFile: stored.plan?.paymentMethod ?? null,
        running: subscription && { ...subscription, trialing: subscription.status === 'trialing' },
      });
    case 'tools':
      return SetupToolsPage({
        ...shared,
        servers,
        planTitle: plan?.title ?? '',
        maxTools: plan?.maxTools ?? 0,
        chosen: context.can('tools.manage')
          ? servers
              .filter(({ name }) => stored.tools?.tools.includes(name))
              .map(({ name, title, lifecycle }) => ({
                ...{ name, title },
                state: shownState(lifecycle, stateOf(name)),
                isConnected: stateOf(name) === 'connected',
              }))
          : [],
      });
    case 'website':
      return SetupWebsitePage(shared);
    case 'analytics':
      return SetupAnalyticsPage({
        ...shared,
        connection: servers.some(({ name }) => name === analyticsServer)
          ? {
              state: stateOf(analyticsServer),
              account: connections.find(({ server }) => server === analyticsServer)?.accountLabel ?? null,
              mayConnect: context.can('tools.manage'),
            }
          : null,
      });
    case 'agents': {
      const chosenTools = stored.tools?.tools ?? [];
      return SetupAgentsPage({
        ...shared,
        planTitle: plan?.title ?? '',
        maxAgents: plan?.maxAgents ?? 0,
        chosenTools,
        servers,
      });
    }
    case 'review': {
      const trialing = subscription?.status === 'trialing';
      const sentence =
        plan && subscription ? runningSentence(plan, subscription.interval, trialing, language) : '';
      return SetupReviewPage({
        ...shared,
        choices: choiceSummaries(stored, offered, servers),
        priceSentence: sentence,
      });
    }
  }
}
