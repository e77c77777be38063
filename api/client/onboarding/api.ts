import { z } from 'zod';
import { onboardingSubmissions } from '../../../db/domain/onboarding/submissions.ts';
import { guardOf, submittableSteps } from '../../../db/domain/onboarding/steps.ts';
import { runStates, stepStates, waitKinds } from '../../../db/domain/progress.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import { defineRoute } from '../../kit/route.ts';
import { readSetup } from './progress.ts';
import { submitStep } from './submit.ts';

const setup = z.object({
  status: z.enum([...runStates, 'live']).exclude(['done']),
  currentStep: z.string().nullable(),
  steps: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      state: z.enum(stepStates),
      since: z.string(),
      waitingFor: z.enum(waitKinds).optional(),
      error: z.object({ code: z.string(), message: z.string() }).optional(),
    }),
  ),
});

const titleOf = (step: string) => onboardTenantContract.steps.find(({ key }) => key === step)?.title ?? step;

export const setupApi = [
  defineRoute({
    method: 'GET',
    path: '/api/client/onboarding',
    access: 'onboarding.read',
    summary: 'How far the caller’s setup is',
    response: setup,
    handle: (context) => readSetup(context),
  }),
  // One route per step, so that each says exactly what it takes.
  ...submittableSteps.map((step) =>
    defineRoute({
      method: 'POST',
      path: `/api/client/onboarding/steps/${step}`,
      access: 'onboarding.submit',
      ...guardOf(step),
      summary: `Submit the step "${titleOf(step)}"`,
      body: onboardingSubmissions[step],
      response: setup,
      errors: [
        'step.not-open',
        'run.ended',
        'process.timeout',
        ...(step === 'plan' ? ['payment.declined'] : []),
      ],
      async handle(context, { body }) {
        await submitStep(context, step, body);
        return readSetup(context);
      },
    }),
  ),
];
