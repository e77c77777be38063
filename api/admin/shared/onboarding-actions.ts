import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
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
import { type CompletableStep, completableSteps } from './onboarding.ts';

const step = z.enum(allStepKeys, 'Choose a step of the set-up.');

/** What each act needs; every one that is written down with a reason asks for it. */
export const actionBodies = {
  extend: z.strictObject({
    days: z.coerce.number('Enter a number of days.').int().min(1, 'At least 1.').max(90, 'At most 90.'),
    reason,
  }),
  retry: z.strictObject({ step, reason }),
  skip: z.strictObject({ step, reason }),
  complete: z.strictObject({ step: z.enum(completableSteps, 'This step only the customer can do.'), reason }),
  remind: z.strictObject({ reason }),
} as const;
export type OnboardingAction = keyof typeof actionBodies;
export const onboardingActions = Object.keys(actionBodies) as OnboardingAction[];

/** What people read after it was done. */
export const doneMessages: Record<OnboardingAction, string> = {
  extend: 'The customer has more time.',
  retry: 'The step is being tried again.',
  skip: 'The step is skipped; the set-up goes on.',
  complete: 'The step is completed for the customer.',
  remind: 'The reminder is on its way.',
};

/** The least a step can be completed with, where the customer has not chosen anything before. */
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
 * Does something for a tenant's set-up. The tenant must be within reach: any other does not exist. A reminder or more
 * time that is asked for again with the same `requestKey` is given once.
 */
export async function act<Action extends OnboardingAction>(
  context: RequestContext,
  tenantId: string,
  action: Action,
  body: z.output<(typeof actionBodies)[Action]>,
  requestKey?: string,
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
      await processes.update(
        onboardTenantContract,
        workflowId,
        'extendDeadline',
        { days, reason, by },
        requestKey,
      );
      return;
    }
    case 'remind': {
      const { reason } = given;
      await processes.update(onboardTenantContract, workflowId, 'remindNow', { reason, by }, requestKey);
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
