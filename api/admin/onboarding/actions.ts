import { z } from 'zod';
import { extraDays, reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import type { OnboardingChoices } from '../../../db/domain/onboarding/submissions.ts';
import { allStepKeys } from '../../../db/domain/onboarding/steps.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import {
  onboardTenantContract,
  type Submission,
} from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import { onboardingId } from '../../both/onboarding/id.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type CompletableStep, completableSteps } from './read.ts';

const step = z.enum(allStepKeys, 'Choose a setup step.');

/** Input of each action; every one is recorded in the audit log with its reason. */
export const actionBodies = {
  extend: z.strictObject({ days: extraDays, reason }),
  retry: z.strictObject({ step, reason }),
  skip: z.strictObject({ step, reason }),
  complete: z.strictObject({
    step: z.enum(completableSteps, 'Only the tenant’s own people can complete this step.'),
    reason,
  }),
  remind: z.strictObject({ reason }),
} as const;
export type OnboardingAction = keyof typeof actionBodies;
export const onboardingActions = Object.keys(actionBodies) as OnboardingAction[];

/** The smallest valid choice to complete a step with, where the customer hasn't chosen anything yet. */
const leastChoices: { [Step in CompletableStep]: OnboardingChoices[Step] } = {
  tools: { tools: [] },
  website: { mode: 'later' },
  analytics: {},
  agents: { agents: [] },
};

async function choiceFor(
  context: RequestContext,
  tenantId: string,
  of: CompletableStep,
): Promise<Submission> {
  const stored = await context.deps.db.inScope(context.overview(), (tx) => choices.list(tx, tenantId));
  return { step: of, choice: stored[of] ?? leastChoices[of] } as Submission;
}

/**
 * Applies an admin action to a tenant's onboarding run. Throws `tenant.not-found` outside the viewer's visibility.
 */
export async function act<Action extends OnboardingAction>(
  context: RequestContext,
  tenantId: string,
  action: Action,
  body: z.output<(typeof actionBodies)[Action]>,
): Promise<void> {
  const { db, processes } = context.deps;
  await db.inScope(context.overview(), (tx) => tenants.get(tx, tenantId));
  const workflowId = onboardingId(tenantId);
  context.response.locals['workflowId'] = workflowId;
  const by = context.actor();
  const given = { ...body, action } as {
    [A in OnboardingAction]: z.output<(typeof actionBodies)[A]> & { action: A };
  }[OnboardingAction];
  switch (given.action) {
    case 'extend': {
      const { days, reason } = given;
      await processes.update(onboardTenantContract, workflowId, 'extendDeadline', { days, reason, by });
      return;
    }
    case 'remind': {
      const { reason } = given;
      await processes.update(onboardTenantContract, workflowId, 'remindNow', { reason, by });
      return;
    }
    case 'complete': {
      const submission = await choiceFor(context, tenantId, given.step);
      await processes.update(onboardTenantContract, workflowId, 'submitStep', {
        submission,
        by,
        reason: given.reason,
      });
      return;
    }
    case 'retry':
    case 'skip': {
      const found = await processes.findProgress(workflowId);
      if (!found?.open) throw new AppError('run.ended');
      const order = given.action === 'retry' ? 'retryStep' : 'skipStep';
      await processes.adminAction({ workflowId, runId: found.runId }, order, {
        step: given.step,
        reason: given.reason,
        by,
      });
    }
  }
}
