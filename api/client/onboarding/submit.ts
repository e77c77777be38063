import { AppError } from '../../../db/domain/errors.ts';
import type { PlanSubmission } from '../../../db/domain/onboarding/submissions.ts';
import type { SubmittableStep } from '../../../db/domain/onboarding/steps.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import {
  onboardTenantContract,
  type Submission,
} from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { onboardingId } from '../../both/onboarding/id.ts';

/** The card goes to the gateway from here; what travels on is its token. Without a card the one on file is kept. */
async function withPaymentMethod(context: RequestContext, { card, ...plan }: PlanSubmission) {
  if (card) return { ...plan, paymentMethod: await context.deps.tokenizeCard(card) };
  const scope = context.tenant();
  const stored = await context.deps.db.inScope(scope, (tx) => choices.list(tx, scope.tenantId));
  if (!stored.plan)
    throw new AppError('payment.method-required', { fields: { 'card.number': 'Enter a card.' } });
  return { ...plan, paymentMethod: stored.plan.paymentMethod };
}

/** Hands the choice of a step to the onboarding and waits until it is done. */
export async function submitStep(
  context: RequestContext,
  step: SubmittableStep,
  body: unknown,
): Promise<void> {
  const { tenantId } = context.tenant();
  context.response.locals['workflowId'] = onboardingId(tenantId);
  const choice = step === 'plan' ? await withPaymentMethod(context, body as PlanSubmission) : body;
  await context.deps.processes.update(onboardTenantContract, onboardingId(tenantId), 'submitStep', {
    submission: { step, choice } as Submission,
    by: context.actor(),
  });
}
