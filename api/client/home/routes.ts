import { submittableSteps, onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import * as billing from '../../../db/repos/billing/billing.ts';
import { listApprovals } from '../../../db/repos/approvals/approvals.ts';
import { listConnections } from '../../../db/repos/integrations/connections.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import * as invitations from '../../../db/repos/people/invitations.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import * as plans from '../../../db/repos/billing/plans.ts';
import * as users from '../../../db/repos/people/users.ts';
import { formatMoney } from '../../../db/domain/money.ts';
import {
  type ChosenService,
  ClientHomePage,
  type ClientHomePageProps,
} from '../../../templates/client/home/home.tsx';
import type { NeedsItem } from '../../../templates/ui/needs-list.tsx';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage } from '../../kit/route.ts';
import { readSetup, type SetupProgress } from '../onboarding/progress.ts';
import { stepItems } from '../onboarding/view.ts';

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
      offered: (await listServers(tx, { limit: 200 })).items,
      connections: await listConnections(tx),
      approvals: context.can('tools.approve')
        ? (await listApprovals(tx, { status: 'pending', limit: 1 })).items
        : [],
    };
  });
}

type Workspace = Awaited<ReturnType<typeof readWorkspace>>;

/** The services that were chosen in the set-up, until all of them are connected. */
function chosenServices({ stored, offered, connections }: Workspace): ChosenService[] | null {
  const states = new Map(connections.map(({ server, status }) => [server, status]));
  const chosen = (stored.tools?.tools ?? []).flatMap((name) => {
    const server = offered.find((one) => one.name === name && one.status === 'available');
    return server ? [{ name, title: server.title, state: states.get(name) ?? ('available' as const) }] : [];
  });
  return chosen.every(({ state }) => state === 'connected') ? null : chosen;
}

/** What workflows, agents and colleagues may not do without this person's yes. */
function approvalNeeds([first]: Workspace['approvals']): NeedsItem[] {
  if (!first) return [];
  const sentence = 'Something waits for you to agree to it before it is done.';
  const since = first.createdAt.toISOString();
  return [{ sentence, since, href: '/app/approvals', button: 'Look at it', tone: 'waiting' }];
}

function planOf({ subscription, plan }: Workspace, language: string): ClientHomePageProps['plan'] {
  return (
    subscription && {
      title: plan?.title ?? subscription.planKey,
      status: subscription.status,
      price: `${formatMoney(subscription, language)} a ${subscription.interval}`,
      renewsAt: subscription.status === 'cancelled' ? null : subscription.periodEnd.toISOString(),
    }
  );
}

/** What only the person who looks can move on. */
function needsOf(setup: SetupProgress): NeedsItem[] {
  const step = submittableSteps.find((candidate) => candidate === setup.currentStep);
  const progress = setup.steps.find(({ key }) => key === step);
  if (!step || !progress || progress.state !== 'waiting') return [];
  const sentence = progress.error?.message ?? `Your set-up waits at "${onboardingTitles[step]}".`;
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
        const workspace = await readWorkspace(context);
        const { members, pending, stored } = workspace;
        const setup = tenant?.status === 'onboarding' ? await readSetup(context) : null;
        const maySubmit = context.can('onboarding.submit');
        const open = setup && submittableSteps.find((step) => step === setup.currentStep);
        return ClientHomePage({
          frame: pageContextOf(context),
          businessName: tenant?.name ?? '',
          needs: [...(setup && maySubmit ? needsOf(setup) : []), ...approvalNeeds(workspace.approvals)],
          setup: setup && { steps: stepItems(setup, stored), continueStep: open ?? null, maySubmit },
          plan: context.can('billing.read') ? planOf(workspace, language) : null,
          team: { people: members.length, pending: pending.length },
          // During the set-up its own card says what is next.
          services: setup === null && context.can('tools.manage') ? chosenServices(workspace) : null,
        });
      },
    }),
  ],
};
