import { submittableSteps } from '../../../db/domain/onboarding-steps.ts';
import * as billing from '../../../db/repos/billing.ts';
import * as invitations from '../../../db/repos/invitations.ts';
import * as choices from '../../../db/repos/onboarding-choices.ts';
import * as plans from '../../../db/repos/plans.ts';
import * as users from '../../../db/repos/users.ts';
import { formatMoney } from '../../../db/domain/money.ts';
import { ClientHomePage } from '../../../templates/client/home.tsx';
import type { NeedsItem } from '../../../templates/ui/needs-list.tsx';
import { setupTitles } from '../../../templates/ui/setup-words.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { frameOf } from '../../kit/frame.ts';
import { definePage } from '../../kit/route.ts';
import { readSetup, type SetupProgress } from '../setup/progress.ts';
import { stepItems } from '../setup/view.ts';

async function readWorkspace(context: RequestContext) {
  const scope = context.tenant();
  return context.deps.db.inScope(scope, async (tx) => {
    const subscription = await billing.findSubscription(tx, scope.tenantId);
    return {
      subscription,
      plan: subscription && (await plans.get(tx, subscription.planKey)),
      members: await users.listMembers(tx, scope.tenantId),
      pending: await invitations.listPending(tx, scope.tenantId),
      stored: await choices.list(tx, scope.tenantId),
    };
  });
}

/** What only the person who looks can move on. */
function needsOf(setup: SetupProgress): NeedsItem[] {
  const step = submittableSteps.find((candidate) => candidate === setup.currentStep);
  const progress = setup.steps.find(({ key }) => key === step);
  if (!step || !progress || progress.state !== 'waiting') return [];
  const sentence = progress.error?.message ?? `Your set-up waits at "${setupTitles[step]}".`;
  const tone = progress.error ? ('attention' as const) : ('waiting' as const);
  return [{ sentence, since: progress.since, href: `/app/setup/${step}`, button: 'Continue', tone }];
}

export const homeArea: Area = {
  side: 'client',
  nav: [{ title: 'Home', href: '/app', icon: 'home', group: '', permission: 'workspace.read' }],
  routes: [
    definePage({
      path: '/app',
      access: 'workspace.read',
      async show(context) {
        const { tenant, language } = context.person();
        const { subscription, plan, members, pending, stored } = await readWorkspace(context);
        const setup = tenant?.status === 'onboarding' ? await readSetup(context) : null;
        const maySubmit = context.can('onboarding.submit');
        const open = setup && submittableSteps.find((step) => step === setup.currentStep);
        return ClientHomePage({
          frame: frameOf(context),
          businessName: tenant?.name ?? '',
          needs: setup && maySubmit ? needsOf(setup) : [],
          setup: setup && { steps: stepItems(setup, stored), continueStep: open ?? null, maySubmit },
          plan: subscription && {
            title: plan?.title ?? subscription.planKey,
            status: subscription.status,
            price: `${formatMoney(subscription, language)} a ${subscription.interval}`,
            renewsAt: subscription.status === 'cancelled' ? null : subscription.periodEnd.toISOString(),
          },
          team: { people: members.length, pending: pending.length },
        });
      },
    }),
  ],
};
