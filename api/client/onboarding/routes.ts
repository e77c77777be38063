import { z } from 'zod';
import { onboardingSubmissions } from '../../../db/domain/onboarding/submissions.ts';
import { comingChoices } from '../../../db/domain/onboarding/coming.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { guardOf, type SubmittableStep, submittableSteps } from '../../../db/domain/onboarding/steps.ts';
import { GoingLivePage } from '../../../templates/client/onboarding/going-live.tsx';
import { paths } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage } from '../../kit/route.ts';
import { setupApi } from './api.ts';
import { readSetup, type SetupProgress } from './progress.ts';
import { submitStep } from './submit.ts';
import { stepPage } from './view.ts';
import { setupContributions } from './contributions.ts';

const stepParams = z.object({ step: z.enum(submittableSteps as [SubmittableStep, ...SubmittableStep[]]) });

/** Where the setup continues: the step that is open, or the page that shows it going live. */
function whereTo(setup: SetupProgress): string {
  const open = submittableSteps.find((step) => step === setup.currentStep);
  return open ? `/app/setup/${open}` : '/app/setup/live';
}

const isOver = (setup: SetupProgress) => ['live', 'stopped', 'failed', 'refused'].includes(setup.status);
const isReached = (setup: SetupProgress, step: SubmittableStep) =>
  setup.steps.find(({ key }) => key === step)?.state !== 'upcoming';

const goingLiveStates = {
  running: 'working',
  waiting: 'waiting',
  scheduled: 'waiting',
  needsAttention: 'problem',
  failed: 'problem',
  refused: 'problem',
  stopped: 'problem',
  live: 'live',
} as const satisfies Record<SetupProgress['status'], string>;

const pages = [
  definePage({
    path: '/app/setup',
    access: 'onboarding.read',
    show: async (context) => ({ to: whereTo(await readSetup(context)) }),
  }),
  definePage({
    path: '/app/setup/live',
    access: 'onboarding.read',
    async show(context) {
      const setup = await readSetup(context);
      const open = submittableSteps.some((step) => step === setup.currentStep);
      if (open && !isOver(setup)) return { to: whereTo(setup) };
      const live = setup.steps.find(({ key }) => key === 'live');
      const scope = context.tenant();
      const coming = await context.deps.db.inScope(scope, async (tx) =>
        comingChoices(await choices.list(tx, scope.tenantId)),
      );
      return GoingLivePage({
        frame: pageContextOf(context),
        path: '/app/setup/live',
        state: goingLiveStates[setup.status],
        tasks: setup.steps
          .filter(({ state }) => state !== 'upcoming')
          .map(({ key, title, state, since }) => ({
            ...{ title, state, since },
            uncounted: key === 'live',
            isComing: coming.some((step) => step === key),
          })),
        ...(goingLiveStates[setup.status] === 'problem' && {
          problem: live?.error?.message ?? 'We are looking into it. Nothing you entered is lost.',
        }),
      });
    },
  }),
  definePage({
    path: '/app/setup/:step',
    access: 'onboarding.read',
    params: stepParams,
    async show(context, { params: { step } }) {
      const setup = await readSetup(context);
      if (isOver(setup)) return { to: '/app/setup/live' };
      if (!isReached(setup, step))
        return { to: whereTo(setup), flash: { kind: 'note', text: 'Please do this step first.' } };
      return stepPage(context, step, setup);
    },
  }),
  // One form per step, so that each is read by exactly its own schema.
  ...submittableSteps.map((step) =>
    defineForm({
      path: `/app/setup/${step}`,
      access: 'onboarding.submit',
      ...guardOf(step),
      body: onboardingSubmissions[step],
      async submit(context, { body }) {
        await submitStep(context, step, body);
        const connect = kebabName.safeParse(context.request.query['connect']);
        return {
          to: connect.success ? paths.connectFrom(connect.data, step) : whereTo(await readSetup(context)),
        };
      },
      again: async (context, { form }) => stepPage(context, step, await readSetup(context), form),
    }),
  ),
];

export const setupArea: Area = {
  side: 'client',
  nav: [
    {
      title: 'Setup',
      href: '/app/setup',
      icon: 'list-check',
      group: '',
      permission: 'onboarding.read',
      only: 'onboarding',
    },
  ],
  routes: [...setupApi, ...pages],
  ...setupContributions,
};
